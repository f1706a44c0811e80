import { emptyItem, type ImportItem, type ReadImport, unreadable, wrongItem } from "./import-item";

export const LINE_MEANINGS = ["prompts", "pairs"] as const;
export type LineMeaning = (typeof LINE_MEANINGS)[number];
const LONGEST_PROMPT = 2000;

/** A list without a header: each line a prompt, or "A, B" where a person says so. */
export function readLines(text: string, meaning: LineMeaning): ReadImport {
  const format = meaning === "prompts" ? ("prompts" as const) : ("pair-lines" as const);
  const read = meaning === "prompts" ? readPrompt : readPairLine;
  const items = text
    .split(/\r\n|\r|\n/)
    .map((content, at) => ({ line: at + 1, content: content.trim() }))
    .filter(({ content }) => content !== "")
    .map(({ line, content }) => read(line, content));
  if (items.length === 0) return unreadable(format, { line: 1, reason: "The file is empty" });
  return { format, delimiter: null, items, leftOut: [], problem: null };
}

const readPrompt = (line: number, text: string): ImportItem => ({
  ...emptyItem(line),
  freePrompts: [text],
  problem: text.length > LONGEST_PROMPT ? `It is longer than ${LONGEST_PROMPT} characters` : null,
});

function readPairLine(line: number, text: string): ImportItem {
  const parts = text.split(/[,;\t]|\s[×x]\s/u).map((part) => part.trim());
  const [a, b] = parts;
  if (parts.length !== 2 || !a || !b)
    return wrongItem(
      line,
      `“${text.slice(0, 60)}” is not two concepts with one comma between them`,
    );
  return { ...emptyItem(line), a, b };
}
