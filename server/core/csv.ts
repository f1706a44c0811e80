export type CsvCell = string | number | boolean | Date | null;

/** A text that a spreadsheet would run as a formula, behind any number of leading apostrophes. */
const LOOKS_LIKE_FORMULA = /^'*[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** One more apostrophe in front makes a spreadsheet show the text instead of running it. */
export const neutralise = (text: string): string =>
  LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;

/** The inverse of `neutralise`: every text survives the way out and back. */
export const restoreText = (cell: string): string =>
  cell.startsWith("'") && LOOKS_LIKE_FORMULA.test(cell) ? cell.slice(1) : cell;

/** RFC 4180, with the line break. Only texts are neutralised: our own numbers are no formula. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== "string") return String(cell);
  const text = neutralise(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
