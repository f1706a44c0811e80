import { restoreText } from "@/server/core/csv";
import { type ReadImport, unreadable } from "./import-item";
import { parseTable } from "./parse-table";
import { readJson } from "./read-json";
import { isManifest, readManifest } from "./read-manifest";
import { detectDelimiter } from "./read-table";

/** The file of an archive that says what its images are: ours of an export, or anybody's manifest. */
export function readManifestFile(text: string): ReadImport {
  const clean = text.replace(/^\uFEFF/, "");
  const read = /^\s*[[{]/.test(clean) ? readJson(clean) : readCsv(clean);
  if (read.problem || read.format === "manifest" || read.format === "export") return read;
  return unreadable("manifest", {
    line: 1,
    reason: "Its entries name no file; each needs file, a, b, prompt and generator",
  });
}

function readCsv(text: string): ReadImport {
  const delimiter = detectDelimiter(text);
  const { rows, problem } = parseTable(text, delimiter);
  const [header, ...body] = rows;
  if (problem) return unreadable("manifest", problem, delimiter);
  const names = header?.cells.map((cell) => cell.trim().toLowerCase().replaceAll(" ", "_")) ?? [];
  const entries = body.map(({ line, cells }) => ({
    line,
    value: Object.fromEntries(
      names.map((name, at) => [name, restoreText(cells[at]?.trim() ?? "")]),
    ),
  }));
  const [first] = entries;
  if (!first || !isManifest(first.value))
    return unreadable("manifest", { line: 1, reason: "Its header has no column file" }, delimiter);
  return { ...readManifest(entries), delimiter };
}
