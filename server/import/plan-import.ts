import type { DbOrTx } from "@/db/client";
import { checkPair } from "@/server/mining/domain/check-pair";
import { nameKey } from "@/server/mining/domain/name-key";
import { pairKey } from "@/server/mining/domain/pair-key";
import type { ImportItem, NamedPattern, ReadImport } from "./domain/import-item";
import { type PlannedLine, planTexts } from "./domain/plan-texts";
import { reportKey } from "./domain/reported-level";
import { type FileTwins, knownTwins } from "./known-twins";
import { findPatterns, type KnownPatterns } from "./plan-patterns";
import { knownPrompts, knownReports } from "./read-known";
import type { ImportCounts, ImportOptions } from "./schemas";

export type ImportPlan = Omit<ReadImport, "items"> & {
  lines: PlannedLine[];
  /** Patterns that the import will make, by their key. */
  newPatterns: ReadonlyMap<string, NamedPattern>;
  patternIds: ReadonlyMap<string, string>;
  counts: ImportCounts & { wrong: number };
  /** Too many to look for rows that are merely worded alike. */
  isKeyOnly: boolean;
};

// A long file must not keep the process from everything else, its job's heartbeat least of all.
const LINES_AT_ONCE = 1000;

/** Says of every line what an import would do. It reads the database and writes nothing. */
export async function planImport(
  db: DbOrTx,
  { projectId, read, options }: { projectId: string; read: ReadImport; options: ImportOptions },
): Promise<ImportPlan> {
  const { items, ...file } = read;
  const known = await findPatterns(db, projectId, options);
  const twins = await knownTwins(db, projectId, items);
  const prompts = await knownPrompts(db, projectId, items);
  const newPatterns = new Map<string, NamedPattern>();
  const lines: PlannedLine[] = [];
  for (const [at, item] of items.entries()) {
    if (at % LINES_AT_ONCE === 0) await new Promise(setImmediate);
    const settled = settle(withReport(item, options), known, twins, prompts);
    lines.push(settled);
    if (settled.outcome !== "add") continue;
    twins.add({ a: settled.a ?? "", b: settled.b ?? "", line: item.line, id: null });
    const { patternKey, pattern } = settled;
    if (patternKey && pattern && !known.ids.has(patternKey) && !newPatterns.has(patternKey))
      newPatterns.set(patternKey, pattern);
  }
  const kept = await withoutKnownReports(db, projectId, lines);
  return {
    ...file,
    lines: kept,
    newPatterns,
    patternIds: known.ids,
    counts: countLines(kept),
    isKeyOnly: twins.isKeyOnly,
  };
}

/** What a person said of all Levels goes to the pairs of which the file itself says none. */
function withReport(item: ImportItem, { reported }: ImportOptions): ImportItem {
  if (!reported || item.a === null || item.reported.length > 0) return item;
  return { ...item, reported: [{ ...reported, correct: null, rated: null }] };
}

function settle(
  item: ImportItem,
  known: KnownPatterns,
  twins: FileTwins,
  prompts: Set<string>,
): PlannedLine {
  const { a, b } = item;
  if (a === null || b === null) return settlePrompt(item, prompts);
  const pattern = item.pattern ?? known.fallback;
  const patternKey = pattern && nameKey(pattern.name);
  const base = {
    ...planTexts({ ...item, a, b }),
    pattern,
    patternKey,
    patternName: patternKey ? (known.names.get(patternKey) ?? pattern?.name ?? null) : null,
    twin: null,
  };
  const problem =
    item.problem ?? checkPair({ a, b, latent: item.latent }) ?? patternProblem(patternKey, known);
  if (problem) return { ...base, outcome: "wrong", notes: [problem] };
  const twin = twins.find({ a, b });
  const found = twin && { ...twin.pair, step: twin.step };
  const twinName =
    found && `${found.a} × ${found.b} in ${found.line ? `line ${found.line}` : "this project"}`;
  if (twin?.step === "exact")
    return {
      ...asDuplicate(base),
      twin: found,
      notes: [`The same as ${twinName}`, ...addedTo(base)],
    };
  const notes = [...(twinName ? [`Looks like ${twinName}`] : []), ...base.notes];
  return { ...base, outcome: "add", twin: found, notes };
}

const patternProblem = (key: string | null, { closed }: KnownPatterns) => {
  if (key === null) return "It names no pattern. Choose one above for rows without";
  if (key === "" || key.length > 120) return "The pattern's name cannot be used";
  return closed.get(key) ?? null;
};

type Base = Omit<PlannedLine, "outcome">;

/** A pair that is there gets what others report of it and its images; its texts stay as they are. */
const asDuplicate = (base: Base): PlannedLine => ({
  ...base,
  outcome: "duplicate",
  sets: [],
  free: [],
  methodInputs: [],
});

function addedTo({ reported, sheets, sets, free }: Base): string[] {
  const added = [reported.length > 0 && "reported Levels", sheets.length > 0 && "images"];
  const words = added.filter(Boolean).join(" and ");
  const notes = words ? [`Its ${words} are added there`] : [];
  const left = sets.flat().length + free.length;
  return left > 0 ? [...notes, `Its ${left} prompts are left out`] : notes;
}

function settlePrompt(item: ImportItem, known: Set<string>): PlannedLine {
  const [text = ""] = item.freePrompts;
  const none = {
    pattern: null,
    patternKey: null,
    patternName: null,
    twin: null,
    sheets: [],
    sets: [],
  };
  const base = { ...item, ...none, free: item.freePrompts };
  if (item.problem) return { ...base, outcome: "wrong", notes: [item.problem] };
  if (known.has(text))
    return { ...base, outcome: "duplicate", free: [], notes: ["The same prompt is there"] };
  known.add(text);
  return { ...base, outcome: "prompt", notes: [] };
}

/** Importing a file again reports nothing twice. */
async function withoutKnownReports(
  db: DbOrTx,
  projectId: string,
  lines: readonly PlannedLine[],
): Promise<PlannedLine[]> {
  const ids = lines.flatMap(({ twin, reported, outcome }) =>
    outcome === "duplicate" && twin?.id && reported.length > 0 ? [twin.id] : [],
  );
  const known = await knownReports(db, projectId, ids);
  const isNew = (line: PlannedLine) => {
    const before = (line.twin?.id && known.get(line.twin.id)) || new Set<string>();
    return line.reported.filter((report) => !before.has(reportKey(report)));
  };
  return lines.map((line) =>
    line.outcome === "duplicate" ? { ...line, reported: isNew(line) } : line,
  );
}

function countLines(lines: readonly PlannedLine[]): ImportPlan["counts"] {
  const of = (outcome: PlannedLine["outcome"]) => lines.filter((line) => line.outcome === outcome);
  const usable = lines.filter((line) => line.outcome !== "wrong");
  const sum = (amount: (line: PlannedLine) => number) =>
    usable.reduce((total, line) => total + amount(line), 0);
  return {
    pairs: of("add").length,
    duplicates: of("duplicate").length,
    wrong: of("wrong").length,
    prompts: sum(({ free }) => free.length),
    promptSets: sum(({ sets }) => sets.length),
    reported: sum(({ reported }) => reported.length),
    methodInputs: sum(({ methodInputs }) => methodInputs.length),
    images: sum(({ images }) => images.length),
    grids: sum(({ sheets }) => sheets.filter(({ notGrid }) => notGrid === null).length),
  };
}

/** The pair of a line, as its row in the database names it. */
export const keyOfLine = ({ a, b }: PlannedLine): string => pairKey(a ?? "", b ?? "");
