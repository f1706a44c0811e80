export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];
export type TableRow = { line: number; cells: string[] };
export type TableProblem = { line: number; reason: string };
export type Table = { rows: TableRow[]; problem: TableProblem | null };

/** RFC 4180 with the line of every row; stops at the first quote that cannot be read. */
export function parseTable(text: string, delimiter: Delimiter): Table {
  const rows: TableRow[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = readRow(text, at, line, delimiter);
    if ("problem" in row) return { rows, problem: row.problem };
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells: row.cells });
    at = row.end;
    line += row.lines;
  }
  return { rows, problem: null };
}

type Row = { cells: string[]; end: number; lines: number };

function readRow(
  text: string,
  start: number,
  line: number,
  delimiter: Delimiter,
): Row | { problem: TableProblem } {
  const cells: string[] = [];
  let at = start;
  let lines = 0;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    if (!cell) {
      const reason = "A quote opens here and is never closed";
      return { problem: { line: line + lines, reason } };
    }
    cells.push(cell.value);
    lines += cell.breaks;
    at = cell.end;
    if (text[at] === delimiter) at += 1;
    else if (at >= text.length || text[at] === "\n" || text[at] === "\r") break;
    else {
      const reason = "There is text after a closing quote; double the quotes inside a cell";
      return { problem: { line: line + lines, reason } };
    }
  }
  return { cells, end: afterBreak(text, at), lines: lines + 1 };
}

type Cell = { value: string; end: number; breaks: number };

function plainCell(text: string, start: number, delimiter: Delimiter): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r")
    end += 1;
  return { value: text.slice(start, end), end, breaks: 0 };
}

function quotedCell(text: string, start: number): Cell | null {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return null;
    if (text[quote + 1] !== '"') {
      const value = text.slice(start + 1, quote).replaceAll('""', '"');
      return { value, end: quote + 1, breaks: value.match(/\r\n|\n|\r/g)?.length ?? 0 };
    }
    at = quote + 2;
  }
}

const afterBreak = (text: string, at: number) =>
  text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
