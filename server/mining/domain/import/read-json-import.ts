import { z } from "zod";
import type { ImportRow, ReadImport } from "./read-import";

const text = z.string().trim();
const Row = z.record(z.string(), z.unknown()).transform((row) => {
  const lower = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
  const first = (...names: string[]) =>
    names.map((name) => lower.get(name)).find((value) => value !== undefined && value !== null);
  return {
    a: first("concept_a", "a", "first"),
    b: first("concept_b", "b", "second"),
    latent: first("latent", "c") ?? null,
    pattern: first("pattern") ?? null,
    prompts: first("prompt", "prompts") ?? null,
  };
});
const Shape = z.object({
  a: text,
  b: text,
  latent: text.nullable(),
  pattern: text.nullable(),
  prompts: z.array(text).max(20).nullable(),
});

/** The authors' shape, rows of A, B and prompt[], as one array or as one object a line. */
export function readJsonImport(source: string): ReadImport {
  const none = { format: "json" as const, delimiter: null, rows: [] };
  const values = source.trimStart().startsWith("[") ? readArray(source) : readLines(source);
  if ("problem" in values) return { ...none, problem: values.problem };
  return {
    ...none,
    rows: values.items.map(({ line, value }) => readRow(line, value)),
    problem: null,
  };
}

type Items =
  | { items: { line: number; value: unknown }[] }
  | { problem: { line: number; reason: string } };

function readArray(source: string): Items {
  const parsed = parse(source);
  if (!parsed || !Array.isArray(parsed.value))
    return { problem: { line: 1, reason: "This is not a JSON array" } };
  return { items: parsed.value.map((value, index) => ({ line: index + 1, value })) };
}

function readLines(source: string): Items {
  const items: { line: number; value: unknown }[] = [];
  for (const [index, line] of source.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const parsed = parse(line);
    if (!parsed) return { problem: { line: index + 1, reason: "This line is not JSON" } };
    items.push({ line: index + 1, value: parsed.value });
  }
  return { items };
}

function readRow(line: number, value: unknown): ImportRow {
  const row = Row.pipe(Shape).safeParse(value);
  if (row.success) return { line, ...row.data, problem: null };
  const empty = { a: "", b: "", latent: null, pattern: null, prompts: null };
  const [issue] = row.error.issues;
  const field = String(issue?.path[0] ?? "the row");
  return { line, ...empty, problem: `${field.toUpperCase()} is missing or not a text` };
}

function parse(source: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(source) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
