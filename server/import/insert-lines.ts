import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { reportedLevels } from "@/db/schema";
import { askForPrompts } from "@/server/mining/ask-for-prompts";
import { insertPairs, type NewPair } from "@/server/mining/insert-pairs";
import { recordDecision } from "@/server/project/record-decision";
import type { PlannedLine } from "./domain/plan-texts";
import type { FoundImport } from "./find-import";
import type { InsertImages } from "./insert-images";
import { insertTexts, type StoredTexts } from "./insert-texts";
import { keyOfLine } from "./plan-import";

export type LinesToInsert = {
  asked: FoundImport;
  lines: readonly PlannedLine[];
  patternIds: ReadonlyMap<string, string>;
  /** Pairs by key, those of earlier lines too; this adds its own. */
  pairIds: Map<string, string>;
  images: InsertImages;
  withPrompts: boolean;
};
export type LineOfPair = { line: PlannedLine; pairId: string };

/** Some lines of an import with everything that hangs on them, and the entry in the log that repeats them. */
export async function insertLines(tx: Tx, given: LinesToInsert): Promise<void> {
  const { asked, lines, pairIds } = given;
  const added = await insertNewPairs(tx, given);
  const texts = await insertTexts(tx, asked, {
    added,
    prompts: lines.filter(({ a }) => a === null),
  });
  const all = lines.flatMap((line): LineOfPair[] => {
    const pairId = line.a === null ? null : (line.twin?.id ?? pairIds.get(keyOfLine(line)));
    return pairId ? [{ line, pairId }] : [];
  });
  await insertReports(tx, asked, all);
  // Before the images: their grids may write a pair's next prompt set, which the log then tells of.
  await recordLines(tx, given, added, texts);
  for (const one of all) if (one.line.sheets.length > 0) await given.images(one);
  if (given.withPrompts) await askForMissing(tx, asked.projectId, added);
}

async function insertNewPairs(
  tx: Tx,
  { asked, lines, patternIds, pairIds }: LinesToInsert,
): Promise<LineOfPair[]> {
  const adds = lines.filter(({ outcome }) => outcome === "add");
  const ids = await insertPairs(
    tx,
    adds.map((line) => newPair(asked, line, patternIds)),
  );
  return adds.map((line, at) => {
    const pairId = ids[at];
    if (!pairId) throw new Error("A pair was not stored");
    pairIds.set(keyOfLine(line), pairId);
    return { line, pairId };
  });
}

function newPair(
  { projectId, requestedBy }: FoundImport,
  { a, b, latent, patternKey, standing, sets }: PlannedLine,
  patternIds: ReadonlyMap<string, string>,
): NewPair {
  const patternId = patternIds.get(patternKey ?? "");
  if (!patternId) throw new Error("A pattern was not stored");
  const state = standing?.state ?? "accepted";
  const decided = state === "proposed" ? {} : { decidedBy: requestedBy, decidedAt: new Date() };
  return {
    projectId,
    patternId,
    a: a ?? "",
    b: b ?? "",
    latent,
    phase: standing?.phase ?? 1,
    origin: "import",
    state,
    reason: standing?.reason ?? null,
    reasonText: standing?.reasonText ?? null,
    rationale: standing?.rationale ?? null,
    promptsState: sets.length > 0 ? "done" : null,
    ...decided,
  };
}

async function insertReports(
  tx: Tx,
  { projectId, requestedBy, fileName }: FoundImport,
  all: readonly LineOfPair[],
): Promise<void> {
  const rows = all.flatMap(({ line, pairId }) =>
    line.reported.map((report) => ({
      ...report,
      projectId,
      pairId,
      sourceFile: fileName,
      createdBy: requestedBy,
    })),
  );
  await insertMany(tx, reportedLevels, rows);
}

async function askForMissing(tx: Tx, projectId: string, added: readonly LineOfPair[]) {
  for (const { line, pairId } of added)
    if (line.sets.length === 0) await askForPrompts(tx, { projectId, pairId });
}

async function recordLines(
  tx: Tx,
  { asked, patternIds }: LinesToInsert,
  added: readonly LineOfPair[],
  { sets }: StoredTexts,
): Promise<void> {
  if (added.length === 0) return;
  const { id: importId, projectId, requestedBy } = asked;
  const pairs = added.map(({ line: { a, b, latent, patternKey, standing }, pairId }) => ({
    id: pairId,
    a,
    b,
    latent,
    patternId: patternIds.get(patternKey ?? ""),
    phase: standing?.phase ?? 1,
    state: standing?.state ?? "accepted",
    reason: standing?.reason ?? null,
  }));
  await recordDecision(tx, {
    projectId,
    actorId: requestedBy,
    action: "pairs.import",
    payload: { importId, pairs, promptSets: sets },
  });
}
