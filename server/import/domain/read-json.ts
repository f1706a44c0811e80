import { type ImportItem, type ReadImport, unreadable } from "./import-item";
import { mergeReports } from "./merge-reports";
import { isAuthorsPrompts, readAuthorsPrompts } from "./read-authors-prompts";
import { isExportRecord, readExport } from "./read-export";
import { isManifest, readManifest } from "./read-manifest";
import { readRow } from "./read-row";

export type Numbered = { line: number; value: unknown };
type Items = { items: Numbered[] } | { problem: { line: number; reason: string } };

/** JSON in any of its shapes: an array, a viewer's dump, the authors' prompts, or one object a line. */
export function readJson(source: string): ReadImport {
  const values = readValues(source);
  if ("problem" in values) return unreadable("rows", values.problem);
  const { items } = values;
  const [first] = items;
  if (!first) return unreadable("rows", { line: 1, reason: "There is no row in it" });
  if (items.length === 1 && isAuthorsPrompts(first.value)) return readAuthorsPrompts(first.value);
  if (isExportRecord(first.value)) return readExport(items);
  if (isManifest(first.value)) return readManifest(items);
  return rowsOf(items.map(({ line, value }) => readRow(line, value)));
}

const rowsOf = (items: ImportItem[]): ReadImport => ({
  format: "rows",
  delimiter: null,
  items: mergeReports(items),
  leftOut: [],
  problem: null,
});

function readValues(source: string): Items {
  const whole = parse(source);
  if (!whole)
    return source.trimStart().startsWith("[")
      ? { problem: { line: 1, reason: "This is not a JSON array" } }
      : readLines(source);
  const list = listIn(whole.value);
  return { items: list.map((value, index) => ({ line: index + 1, value })) };
}

/** What a dataset viewer hands out wraps each row: {rows: [{row_idx, row: {...}}]}. */
function listIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const holder = value as Record<string, unknown>;
  const list = holder.rows ?? holder.images;
  if (!Array.isArray(list)) return [value];
  return list.map((item: unknown) =>
    typeof item === "object" && item !== null && "row" in item ? item.row : item,
  );
}

function readLines(source: string): Items {
  const items: Numbered[] = [];
  for (const [index, line] of source.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const parsed = parse(line);
    if (!parsed) return { problem: { line: index + 1, reason: "This line is not JSON" } };
    items.push({ line: index + 1, value: parsed.value });
  }
  return { items };
}

function parse(source: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(source) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
