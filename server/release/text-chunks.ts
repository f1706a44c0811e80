import { csvLine } from "@/server/core/csv";
import type { Column, RowOf } from "./column";

const CHUNK_CHARACTERS = 64 * 1024;

export type TextFile = { chunks: AsyncIterable<Uint8Array>; rows: () => number };

export function csvFile<C extends readonly Column[]>(
  columns: C,
  rows: AsyncIterable<RowOf<C>>,
): TextFile {
  const names: C[number]["name"][] = columns.map((column) => column.name);
  const line = (row: RowOf<C>) => csvLine(names.map((name) => row[name]));
  return counted(rows, line, { start: csvLine(names), end: "" });
}

export const jsonLinesFile = (rows: AsyncIterable<object>): TextFile =>
  counted(rows, (row) => `${JSON.stringify(row)}\n`, { start: "", end: "" });

export const jsonListFile = (rows: AsyncIterable<object>): TextFile =>
  counted(rows, (row, index) => `${index === 0 ? "" : ","}\n${JSON.stringify(row)}`, {
    start: "[",
    end: "\n]\n",
  });

function counted<T>(
  rows: AsyncIterable<T>,
  write: (row: T, index: number) => string,
  { start, end }: { start: string; end: string },
): TextFile {
  let count = 0;
  async function* lines() {
    yield start;
    for await (const row of rows) yield write(row, count++);
    yield end;
  }
  return { chunks: gathered(lines()), rows: () => count };
}

/** Many short lines as few chunks. */
async function* gathered(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = "";
  for await (const line of lines) {
    text += line;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text) yield Buffer.from(text);
}
