import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { patterns } from "@/db/schema";
import { checkPair } from "./domain/check-pair";
import { type ImportRow, type ReadImport, readImport } from "./domain/import/read-import";
import { nameKey } from "./domain/name-key";
import { pairKey } from "./domain/pair-key";
import { checkPrompts } from "./domain/prompt-checks";
import { createTwinIndex, type TwinIndex } from "./domain/twin-index";
import { findPattern } from "./find-pattern";
import { loadPairs } from "./load-pairs";
import type { ImportTable } from "./schemas";

export type PlannedLine = Pick<ImportRow, "line" | "a" | "b" | "latent" | "prompts"> & {
  outcome: "add" | "duplicate" | "wrong";
  /** What is wrong, what it repeats, or what to know before adding it. */
  note: string | null;
  patternKey: string | null;
  pattern: string | null;
};
export type ImportPlan = Pick<ReadImport, "format" | "delimiter" | "problem"> & {
  lines: PlannedLine[];
  /** Names of patterns that the import will make, by their key. */
  newPatterns: ReadonlyMap<string, string>;
  patternIds: ReadonlyMap<string, string>;
  /** Too many to look for rows that are merely worded alike. */
  isKeyOnly: boolean;
};
// Above this, looking for like wordings would hold up everybody else.
const MOST_COMPARED_BY_WORDING = 20_000;

type FileOrProject = { a: string; b: string; line: number | null };

/** Says of every line what an import would do. It reads the database and writes nothing. */
export async function planImport(
  db: DbOrTx,
  { projectId, input }: { projectId: string; input: ImportTable },
): Promise<ImportPlan> {
  const { rows, ...read } = readImport(input.text, input.delimiter ?? null);
  const known = await db
    .select({ id: patterns.id, name: patterns.name, nameKey: patterns.nameKey })
    .from(patterns)
    .where(eq(patterns.projectId, projectId));
  const fallback = input.patternId
    ? await findPattern(db, { projectId, patternId: input.patternId })
    : null;
  const patternIds = new Map(known.map((pattern) => [pattern.nameKey, pattern.id]));
  const names = new Map(known.map((pattern) => [pattern.nameKey, pattern.name]));
  const newPatterns = new Map<string, string>();
  const twins = await knownTwins(db, projectId, rows);
  const lines = rows.map((row): PlannedLine => {
    const pattern = row.pattern ?? fallback?.name ?? null;
    const patternKey = pattern && nameKey(pattern);
    const settled = settle(row, patternKey, twins);
    if (settled.outcome === "add" && pattern && patternKey) {
      twins.add({ a: row.a, b: row.b, line: row.line });
      if (!patternIds.has(patternKey) && !newPatterns.has(patternKey))
        newPatterns.set(patternKey, pattern);
    }
    const shownPattern = patternKey ? (names.get(patternKey) ?? pattern) : null;
    return { ...pick(row), ...settled, patternKey, pattern: shownPattern };
  });
  return { ...read, lines, newPatterns, patternIds, isKeyOnly: twins.isKeyOnly };
}

const pick = ({ line, a, b, latent, prompts }: ImportRow) => ({ line, a, b, latent, prompts });

/** Finds the twins of a file's rows, in the project and among the rows before them. */
async function knownTwins(
  db: DbOrTx,
  projectId: string,
  rows: readonly ImportRow[],
): Promise<FileTwins> {
  const known = (await loadPairs(db, projectId)).map((pair) => ({ ...pair, line: null }));
  if (known.length + rows.length > MOST_COMPARED_BY_WORDING) return byKeyAlone(known);
  return { ...createTwinIndex<FileOrProject>(known, rows), isKeyOnly: false };
}

type FileTwins = TwinIndex<FileOrProject> & { isKeyOnly: boolean };

function byKeyAlone(known: readonly (FileOrProject & { key: string })[]): FileTwins {
  const byKey = new Map<string, FileOrProject>(known.map((pair) => [pair.key, pair]));
  return {
    isKeyOnly: true,
    add: (pair) => byKey.set(pairKey(pair.a, pair.b), pair),
    find: ({ a, b }) => {
      const pair = byKey.get(pairKey(a, b));
      return pair ? { pair, step: "exact", similarity: 1 } : null;
    },
  };
}

function settle(
  row: ImportRow,
  patternKey: string | null,
  twins: TwinIndex<FileOrProject>,
): Pick<PlannedLine, "outcome" | "note"> {
  const problem = row.problem ?? checkPair(row) ?? patternProblem(patternKey);
  if (problem) return { outcome: "wrong", note: problem };
  const twin = twins.find(row);
  const where = twin?.pair.line ? `line ${twin.pair.line}` : "this project";
  const twinName = twin && `${twin.pair.a} × ${twin.pair.b} in ${where}`;
  if (twin?.step === "exact") return { outcome: "duplicate", note: `The same as ${twinName}` };
  const notes = [twinName ? `Looks like ${twinName}` : null, promptNote(row)].filter(Boolean);
  return { outcome: "add", note: notes.join(". ") || null };
}

const patternProblem = (key: string | null) => {
  if (key === null) return "It names no pattern. Choose one above for rows without";
  return key === "" || key.length > 120 ? "The pattern's name cannot be used" : null;
};

function promptNote(row: ImportRow): string | null {
  if (!row.prompts?.length) return null;
  const [first] = promptProblems(row);
  return first ? `Its prompts are left out: ${first}` : null;
}

/** Imported prompts are kept only as a whole set that may be drawn. */
export function promptProblems({
  a,
  b,
  latent,
  prompts,
}: Pick<ImportRow, "a" | "b" | "latent" | "prompts">): string[] {
  return checkPrompts(prompts ?? [], { a, b, latent }).map(({ position, problem }) =>
    position ? `prompt ${position}: ${problem}` : problem,
  );
}
