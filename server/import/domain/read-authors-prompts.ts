import { z } from "zod";
import { emptyItem, type ImportItem, type ReadImport, wrongItem } from "./import-item";

const text = z.string().trim().min(1).max(2000);
const Entry = z.object({
  prompt: text,
  first_prompt: text,
  first_describe: text,
  second_prompt: text,
  second_describe: text,
});

export const isAuthorsPrompts = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.values(value).every(
    (entry) => z.looseObject({ first_prompt: z.any() }).safeParse(entry).success,
  );

/** The authors' prompt.json: {prompt0: {prompt, first_prompt, first_describe, ...}, ...}. */
export function readAuthorsPrompts(value: Record<string, unknown>): ReadImport {
  const items = Object.entries(value).map(([name, entry], at) => readEntry(at + 1, name, entry));
  return { format: "authors-prompts", delimiter: null, items, leftOut: [], problem: null };
}

function readEntry(line: number, name: string, entry: unknown): ImportItem {
  const read = Entry.safeParse(entry);
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0] ?? name);
    return wrongItem(line, `${name}: ${field} is missing or not a text`);
  }
  const { prompt, first_prompt: first, second_prompt: second, ...described } = read.data;
  return {
    ...emptyItem(line),
    a: first,
    b: second,
    freePrompts: [prompt],
    // In the shape that the language model's answers are kept in.
    methodInputs: [
      { kind: "moce_order", content: { first: "a", reason: "first_prompt in the authors' file" } },
      {
        kind: "descriptions",
        content: { a: described.first_describe, b: described.second_describe },
      },
    ],
  };
}
