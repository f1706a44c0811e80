import { asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  batches,
  budgets,
  pairs,
  patternParents,
  patterns,
  phases,
  promptSetPrompts,
  promptSets,
  prompts,
  proposals,
  saturations,
} from "@/db/schema";
import { emptyState, type LoopState } from "./domain/state";

/** The loop's state as the tables hold it now. */
export async function readHeldState(db: DbOrTx, projectId: string): Promise<LoopState> {
  return {
    ...emptyState(),
    phases: await readPhases(db, projectId),
    patterns: await readPatterns(db, projectId),
    batches: await readBatches(db, projectId),
    proposals: await readProposals(db, projectId),
    pairs: await readPairs(db, projectId),
    promptSets: await readPromptSets(db, projectId),
    budgets: await readBudgets(db, projectId),
    saturation: await readSaturation(db, projectId),
  };
}

async function readPhases(db: DbOrTx, projectId: string): Promise<LoopState["phases"]> {
  const rows = await db.select().from(phases).where(eq(phases.projectId, projectId));
  return Object.fromEntries(rows.map(({ number, state }) => [number, state]));
}

async function readPatterns(db: DbOrTx, projectId: string): Promise<LoopState["patterns"]> {
  const rows = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  const links = await db
    .select({ childId: patternParents.childId, parentId: patternParents.parentId })
    .from(patternParents)
    .innerJoin(patterns, eq(patterns.id, patternParents.childId))
    .where(eq(patterns.projectId, projectId))
    .orderBy(asc(patternParents.parentId));
  const parents = Map.groupBy(links, ({ childId }) => childId);
  return Object.fromEntries(
    rows.map(({ id, name, definition, category, phase, state, mergedIntoId }) => [
      id,
      {
        name,
        definition,
        category,
        phase,
        state,
        parents: (parents.get(id) ?? []).map(({ parentId }) => parentId),
        mergedInto: mergedIntoId,
      },
    ]),
  );
}

async function readBatches(db: DbOrTx, projectId: string): Promise<LoopState["batches"]> {
  const rows = await db.select().from(batches).where(eq(batches.projectId, projectId));
  return Object.fromEntries(
    rows.map(({ id, returned, fresh, judged, meanSimilarity: likeness }) => [
      id,
      { returned, fresh, judged, meanSimilarity: likeness === null ? null : Math.fround(likeness) },
    ]),
  );
}

async function readProposals(db: DbOrTx, projectId: string): Promise<LoopState["proposals"]> {
  const rows = await db.select().from(proposals).where(eq(proposals.projectId, projectId));
  return Object.fromEntries(
    rows.map(({ batchId, ordinal, conceptA, conceptB, outcome, step, twinId, pairId }) => [
      `${batchId} ${ordinal}`,
      { a: conceptA, b: conceptB, outcome, step, twinId, pairId },
    ]),
  );
}

async function readPairs(db: DbOrTx, projectId: string): Promise<LoopState["pairs"]> {
  const rows = await db.select().from(pairs).where(eq(pairs.projectId, projectId));
  return Object.fromEntries(
    rows.map((row) => {
      const { id, patternId, conceptA: a, conceptB: b, latent, key } = row;
      const { phase, origin, state, reason, stage } = row;
      return [id, { patternId, a, b, latent, key, phase, origin, state, reason, stage }];
    }),
  );
}

async function readPromptSets(db: DbOrTx, projectId: string): Promise<LoopState["promptSets"]> {
  const rows = await db
    .select({ pairId: promptSets.pairId, number: promptSets.number, text: prompts.text })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(eq(promptSets.projectId, projectId))
    .orderBy(asc(promptSets.id), asc(promptSetPrompts.position));
  const sets = Map.groupBy(rows, ({ pairId, number }) => `${pairId} ${number}`);
  return Object.fromEntries([...sets].map(([set, group]) => [set, group.map(({ text }) => text)]));
}

async function readBudgets(db: DbOrTx, projectId: string): Promise<LoopState["budgets"]> {
  const rows = await db.select().from(budgets).where(eq(budgets.projectId, projectId));
  const held = rows.map(({ kind, limit, reserved, settled }) => [
    kind,
    { limit, reserved, settled },
  ]);
  return { ...emptyState().budgets, ...Object.fromEntries(held) };
}

async function readSaturation(db: DbOrTx, projectId: string): Promise<LoopState["saturation"]> {
  const rows = await db
    .select({ row: saturations })
    .from(saturations)
    .innerJoin(patterns, eq(patterns.id, saturations.patternId))
    .where(eq(patterns.projectId, projectId));
  return Object.fromEntries(
    rows.map(({ row }) => {
      const { patternId, proposer, proposals: asked, distinct, once, twice } = row;
      const { dryBatches, isDry, isConfirmed, reason } = row;
      const counts = { proposals: asked, distinct, once, twice };
      return [`${patternId} ${proposer}`, { ...counts, dryBatches, isDry, isConfirmed, reason }];
    }),
  );
}
