import { restoreText } from "@/server/core/csv";
import {
  emptyItem,
  type ImportItem,
  namedPattern,
  type ReadImport,
  unreadable,
  wrongItem,
} from "./import-item";
import { mergeReports } from "./merge-reports";
import { DELIMITERS, type Delimiter, parseTable } from "./parse-table";
import { REPORTED_HEADERS, readReported } from "./reported-level";

const PAIR_HEADERS = {
  a: ["concept_a", "a", "first"],
  b: ["concept_b", "b", "second"],
  latent: ["latent", "c", "latent_concept", "concept_c", "expected", "expected_instead"],
  pattern: ["pattern"],
} as const;
const HEADERS = { ...PAIR_HEADERS, ...REPORTED_HEADERS };
type Column = keyof typeof HEADERS;
type Columns = Record<Column, number>;
const COLUMNS = Object.keys(HEADERS) as Column[];

/** CSV with a header: pairs, and the Levels reported of them where it has such columns. */
export function readTable(text: string, chosen: Delimiter | null = null): ReadImport {
  const delimiter = chosen ?? detectDelimiter(text);
  const fail = (line: number, reason: string) => unreadable("table", { line, reason }, delimiter);
  const { rows, problem } = parseTable(text, delimiter);
  const [header, ...body] = rows;
  if (!header) return problem ? fail(problem.line, problem.reason) : fail(1, "The file is empty");
  const columns = findColumns(header.cells);
  const missing = missingColumn(columns, header.cells);
  if (missing) return fail(header.line, missing);
  if (body.length === 0 && !problem)
    return fail(header.line, "There is a header but no pair below it");
  const items = body.map(({ line, cells }) => readRow(line, cells, columns, header.cells.length));
  const leftOut = notRead(header.cells, columns);
  return { format: "table", delimiter, items: mergeReports(items), leftOut, problem };
}

/** Columns that nothing is read from, and a second one of what another gave, told by name. */
function notRead(header: readonly string[], columns: Columns): string[] {
  const read = new Set(Object.values(columns));
  const names = header
    .filter((cell, index) => !read.has(index) && cell.trim() !== "")
    .map((cell) => `“${cell.trim().slice(0, 40)}”`);
  if (names.length === 0) return [];
  return [`${names.length === 1 ? "the column" : "the columns"} ${names.join(", ")}: not read`];
}

/** Whether the first line names a concept's column. */
export function hasHeader(text: string): boolean {
  const columns = findColumns(headerCells(text, detectDelimiter(text)));
  return columns.a >= 0 || columns.b >= 0;
}

/** The one whose header line gives the most columns that we know. */
export function detectDelimiter(text: string): Delimiter {
  const known = (delimiter: Delimiter) =>
    Object.values(findColumns(headerCells(text, delimiter))).filter((index) => index >= 0).length;
  return DELIMITERS.reduce((best, next) => (known(next) > known(best) ? next : best));
}

const headerCells = (text: string, delimiter: Delimiter) =>
  parseTable(text.slice(0, text.search(/\r|\n|$/)), delimiter).rows[0]?.cells ?? [];

function findColumns(header: readonly string[]): Columns {
  const names = header.map((cell) => cell.trim().toLowerCase().replaceAll(" ", "_"));
  const find = (column: Column) =>
    names.findIndex((name) => (HEADERS[column] as readonly string[]).includes(name));
  return Object.fromEntries(COLUMNS.map((column) => [column, find(column)])) as Columns;
}

function missingColumn(columns: Columns, header: readonly string[]): string | null {
  const missing = (["a", "b"] as const).filter((column) => columns[column] < 0);
  if (missing.length === 0) return null;
  const found = header
    .map((cell) => cell.trim())
    .join(", ")
    .slice(0, 200);
  const names = missing.map((column) => HEADERS[column][0]).join(" and ");
  return `The header has no column ${names}. It says “${found}”; write concept_a,concept_b (or A,B, or first,second), and latent and pattern if you have them`;
}

function readRow(
  line: number,
  cells: readonly string[],
  columns: Columns,
  width: number,
): ImportItem {
  const raw = (column: Column) => (cells[columns[column]] ?? "").trim();
  const of = (column: Column) => restoreText(raw(column)).trim();
  if (cells.length > width)
    return wrongItem(line, `It has ${cells.length} cells; the header has ${width}`);
  const formula = COLUMNS.map(raw).find((cell) => /^[=+\-@]/.test(cell));
  if (formula) return wrongItem(line, formulaProblem(formula));
  const { reported, problem } = readReported(
    Object.fromEntries(COLUMNS.map((column) => [column, of(column)])),
  );
  return {
    ...emptyItem(line),
    a: of("a"),
    b: of("b"),
    latent: of("latent") || null,
    pattern: of("pattern") ? namedPattern(of("pattern")) : null,
    reported: reported ? [reported] : [],
    problem,
  };
}

const formulaProblem = (cell: string) =>
  `“${cell.slice(0, 40)}” looks like a spreadsheet formula. Write an apostrophe before it if it is meant as text`;
