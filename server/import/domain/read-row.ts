import { z } from "zod";
import { emptyItem, type ImportItem, namedPattern, wrongItem } from "./import-item";
import { REPORTED_HEADERS, type ReportedCells, readReported } from "./reported-level";

const MOST_PROMPTS = 100;
const text = z.string().trim();
const Shape = z.object({
  a: text,
  b: text,
  latent: text.nullable(),
  pattern: text.nullable(),
  prompt: z.union([text.transform((one) => [one]), z.array(text).max(MOST_PROMPTS)]).nullable(),
});

/** One row of the published data, or of anybody's with the same names: A, B, prompt[]. */
export function readRow(line: number, value: unknown): ImportItem {
  const find = finderIn(value);
  const row = Shape.safeParse({
    a: find("concept_a", "a", "first"),
    b: find("concept_b", "b", "second"),
    latent: find("latent", "c", "expected", "expected instead") ?? null,
    pattern: find("pattern") ?? null,
    prompt: find("prompt", "prompts") ?? null,
  });
  if (!row.success) {
    const field = String(row.error.issues[0]?.path[0] ?? "the row");
    return wrongItem(line, `${field.toUpperCase()} is missing or not a text`);
  }
  const { a, b, latent, pattern, prompt } = row.data;
  const { reported, problem } = readReported(reportedCells(find));
  return {
    ...emptyItem(line),
    a,
    b,
    latent: latent || null,
    pattern: pattern ? namedPattern(pattern) : null,
    promptSets: prompt?.length ? [prompt] : [],
    reported: reported ? [reported] : [],
    problem,
  };
}

export type Find = (...names: string[]) => unknown;

/** The first of several names that has a value; names are compared without case. */
export function finderIn(value: unknown): Find {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const lower = new Map(entries.map(([name, held]) => [name.toLowerCase(), held]));
  return (...names) =>
    names.map((name) => lower.get(name)).find((held) => held !== undefined && held !== null);
}

export const reportedCells = (find: Find): ReportedCells =>
  Object.fromEntries(
    Object.entries(REPORTED_HEADERS).map(([column, names]) => [column, find(...names)]),
  );
