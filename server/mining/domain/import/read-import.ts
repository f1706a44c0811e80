import { restoreText } from "@/server/core/csv";
import { DELIMITERS, type Delimiter, parseTable, type TableProblem } from "./parse-table";
import { readJsonImport } from "./read-json-import";

export type ImportRow = {
  line: number;
  a: string;
  b: string;
  latent: string | null;
  pattern: string | null;
  prompts: string[] | null;
  /** Why the row cannot be read at all. */
  problem: string | null;
};
export type ReadImport = {
  format: "csv" | "json";
  delimiter: Delimiter | null;
  rows: ImportRow[];
  /** Something about the whole file: nothing can be imported until it is mended. */
  problem: TableProblem | null;
};

const HEADERS = {
  a: ["concept_a", "a", "first"],
  b: ["concept_b", "b", "second"],
  latent: ["latent", "c", "latent_concept", "concept_c"],
  pattern: ["pattern"],
} as const;
type Column = keyof typeof HEADERS;
type Columns = Record<Column, number>;

/** Reads pasted or uploaded text: CSV with a header, a JSON array, or one JSON object a line. */
export function readImport(text: string, chosen: Delimiter | null = null): ReadImport {
  const clean = text.replace(/^\uFEFF/, "");
  if (/^\s*[[{]/.test(clean)) return readJsonImport(clean);
  const delimiter = chosen ?? detectDelimiter(clean);
  const none = { format: "csv" as const, delimiter, rows: [] };
  if (clean.includes("\u0000"))
    return { ...none, problem: { line: 1, reason: "This is not a text file" } };
  const { rows, problem } = parseTable(clean, delimiter);
  const [header, ...body] = rows;
  if (!header) return { ...none, problem: problem ?? { line: 1, reason: "The file is empty" } };
  const columns = findColumns(header.cells);
  const missing = missingColumn(columns, header.cells);
  if (missing) return { ...none, problem: { line: header.line, reason: missing } };
  if (body.length === 0 && !problem)
    return {
      ...none,
      problem: { line: header.line, reason: "There is a header but no pair below it" },
    };
  return {
    ...none,
    rows: body.map(({ line, cells }) => readRow(line, cells, columns, header.cells.length)),
    problem,
  };
}

/** The one whose header line gives the most columns that we know. */
export function detectDelimiter(text: string): Delimiter {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const known = (delimiter: Delimiter) => {
    const cells = parseTable(header, delimiter).rows[0]?.cells ?? [];
    return Object.values(findColumns(cells)).filter((index) => index >= 0).length;
  };
  return DELIMITERS.reduce((best, next) => (known(next) > known(best) ? next : best));
}

function findColumns(header: readonly string[]): Columns {
  const names = header.map((cell) => cell.trim().toLowerCase().replaceAll(" ", "_"));
  const find = (column: Column) =>
    names.findIndex((name) => (HEADERS[column] as readonly string[]).includes(name));
  return { a: find("a"), b: find("b"), latent: find("latent"), pattern: find("pattern") };
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
): ImportRow {
  const raw = (column: Column) => (cells[columns[column]] ?? "").trim();
  const of = (column: Column) => restoreText(raw(column)).trim();
  const formula = (["a", "b", "latent", "pattern"] as const)
    .map(raw)
    .find((cell) => /^[=+\-@]/.test(cell));
  const extra = cells.length > width;
  const problem = formula ? formulaProblem(formula) : null;
  return {
    line,
    a: of("a"),
    b: of("b"),
    latent: of("latent") || null,
    pattern: of("pattern") || null,
    prompts: null,
    problem: extra ? `It has ${cells.length} cells; the header has ${width}` : problem,
  };
}

const formulaProblem = (cell: string) =>
  `“${cell.slice(0, 40)}” looks like a spreadsheet formula. Write an apostrophe before it if it is meant as text`;
