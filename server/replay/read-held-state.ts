import { asc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
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
  const read = { ...emptyState().budgets, ...Object.fromEntries(held) };
  return { ...read, rater_ms: { ...read.rater_ms, ...(await readRaterMs(db, projectId)) } };
}

// What raters hold at this moment are leases; finished sittings are what the log can tell of.
async function readRaterMs(db: DbOrTx, projectId: string) {
  const [row] = await db.execute<{ settled: string }>(sql`
    select coalesce(sum(e.settled), 0) as settled
      from budget_entry e join sitting s on s.id::text = e.subject
      where e.project_id = ${projectId} and e.kind = 'rater_ms' and s.state <> 'live'`);
  return { reserved: 0, settled: Number(row?.settled ?? 0) };
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
      const { dryBatches, isDry, isConfirmed } = row;
      const counts = { proposals: asked, distinct, once, twice };
      return [`${patternId} ${proposer}`, { ...counts, dryBatches, isDry, isConfirmed }];
    }),
  );
}
