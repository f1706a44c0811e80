import { type ReadImport, unreadable } from "./import-item";
import type { Delimiter } from "./parse-table";
import { readJson } from "./read-json";
import { type LineMeaning, readLines } from "./read-lines";
import { hasHeader, readTable } from "./read-table";

export type ReadOptions = {
  delimiter?: Delimiter | null | undefined;
  /** What the lines of a list without a header are; unknown, they are prompts. */
  lines?: LineMeaning | null | undefined;
  fileName?: string;
};

/** Reads pasted or uploaded text in any of our formats; which one is told by what stands in it. */
export function readImport(text: string, options: ReadOptions = {}): ReadImport {
  const { delimiter = null, lines = null, fileName = "" } = options;
  const clean = text.replace(/^\uFEFF/, "");
  if (clean.includes("\u0000"))
    return unreadable("table", { line: 1, reason: "This is not a text file" });
  if (/^\s*[[{]/.test(clean)) return readJson(clean);
  const isTable = /\.(csv|tsv)$/i.test(fileName) || hasHeader(clean) || clean.trim() === "";
  if (lines === null && isTable) return readTable(clean, delimiter);
  return readLines(clean, lines ?? "prompts");
}
