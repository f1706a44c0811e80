import { and, eq, max, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids, pairs, promptSetPrompts, prompts, runPairs, runs, seedSets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { placeOf, withSpareSeeds } from "./domain/spare-seeds";
import { findBroken } from "./find-broken";
import type { Wanted } from "./insert-claims";
import { insertNumberedRun } from "./insert-numbered-run";
import { insertRenders } from "./insert-renders";
import { PROMPTS_PER_PAIR } from "./ready-pairs";
import { findRevision } from "./run-settings";
import type { RedrawBroken } from "./schemas";

type Found = Awaited<ReturnType<typeof findGrid>>;

/**
 * Has the broken images of a grid drawn again with spare seeds. Once they are there, a new grid shows them among the
 * others, and its raters go on where they were. Asking again finds the run that draws them.
 */
export async function redrawBroken(
  { db, viewer, member }: MemberContext,
  { gridId }: RedrawBroken,
): Promise<{ number: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const found = await findGrid(tx, projectId, gridId);
    const broken = await findBroken(tx, gridId);
    refuseUnfit(found, broken.length);
    const revision = await findRevision(tx, projectId, found.generatorRevisionId);
    const places = broken.map((position) => placeOf(position, PROMPTS_PER_PAIR));
    const seeds = withSpareSeeds(found.seedSet, new Set(places.map(({ row }) => row)));
    const seedSet = await findOrMakeSet(tx, found, seeds);
    const known = await findRun(tx, found, seedSet.id);
    if (known) return known;
    const run = await insertNumberedRun(tx, {
      projectId,
      generatorRevisionId: revision.id,
      seedSetId: seedSet.id,
      purpose: found.purpose,
      repairId: await findRepair(tx, found),
      startedBy: viewer.accountId,
    });
    const { pairId, promptSetId } = found;
    await tx.insert(runPairs).values({ runId: run.id, pairId, promptSetId });
    const wanted = await readPrompts(tx, found);
    for (const [column, group] of Map.groupBy(places, (place) => place.column)) {
      const own = { id: seedSet.id, seeds: group.map(({ row }) => seeds[row] ?? 0) };
      const ofColumn = wanted.filter(({ position }) => position === column + 1);
      await insertRenders(tx, run, { revision, seedSet: own }, ofColumn);
    }
    const payload = { gridId, runId: run.id, positions: broken, seeds };
    const actorId = viewer.accountId;
    await recordDecision(tx, {
      projectId,
      actorId,
      action: "grid.redraw",
      subjectId: pairId,
      payload,
    });
    await notifyLive(tx, { projectId, topic: "run", id: run.id });
    return { number: run.number };
  });
}

async function findGrid(tx: Tx, projectId: string, gridId: string) {
  const [found] = await tx
    .select({ grid: grids, seedSet: seedSets, pair: pairs })
    .from(grids)
    .innerJoin(seedSets, eq(seedSets.id, grids.seedSetId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(and(eq(grids.id, gridId), eq(grids.projectId, projectId)));
  if (!found) throw new AppError("NOT_FOUND", "No such grid.");
  return { ...found.grid, seedSet: found.seedSet, pair: found.pair };
}

function refuseUnfit({ state, pair }: Found, broken: number): void {
  if (broken === 0) throw new AppError("CONFLICT", "No image of this grid is called broken.");
  if (pair.state !== "accepted")
    throw new AppError("CONFLICT", "Its pair is set aside: take it back first.");
  if (state !== "closed")
    throw new AppError("CONFLICT", "Other raters still judge this grid: wait until they are done.");
}

/** One set for all pairs and generators whose images broke in the same rows of the same set. */
async function findOrMakeSet(tx: Tx, { projectId, purpose }: Found, seeds: number[]) {
  const [known] = await tx
    .select()
    .from(seedSets)
    .where(and(eq(seedSets.projectId, projectId), eq(seedSets.seeds, seeds)));
  if (known) return known;
  const [last] = await tx
    .select({ number: max(seedSets.number) })
    .from(seedSets)
    .where(eq(seedSets.projectId, projectId));
  const number = (last?.number ?? 0) + 1;
  const [made] = await tx
    .insert(seedSets)
    .values({ projectId, number, purpose, seeds })
    .returning();
  if (!made) throw new Error("The seed set was not inserted");
  return made;
}

async function findRun(tx: Tx, grid: Found, seedSetId: string) {
  const [run] = await tx
    .select({ number: runs.number })
    .from(runs)
    .innerJoin(runPairs, eq(runPairs.runId, runs.id))
    .where(
      and(
        eq(runs.generatorRevisionId, grid.generatorRevisionId),
        eq(runs.seedSetId, seedSetId),
        eq(runPairs.pairId, grid.pairId),
        eq(runPairs.promptSetId, grid.promptSetId),
        ne(runs.state, "cancelled"),
      ),
    );
  return run ?? null;
}

/** The comparison whose images broke: what is drawn in their place is a part of it. */
async function findRepair(tx: Tx, grid: Found): Promise<string | null> {
  if (grid.purpose !== "repair") return null;
  const [run] = await tx
    .select({ repairId: runs.repairId })
    .from(runs)
    .innerJoin(runPairs, eq(runPairs.runId, runs.id))
    .where(
      and(
        eq(runs.generatorRevisionId, grid.generatorRevisionId),
        eq(runs.seedSetId, grid.seedSetId),
        eq(runs.purpose, "repair"),
        eq(runPairs.pairId, grid.pairId),
      ),
    )
    .limit(1);
  return run?.repairId ?? null;
}

async function readPrompts(tx: Tx, { promptSetId, pair }: Found): Promise<Wanted[]> {
  const rows = await tx
    .select({ position: promptSetPrompts.position, promptId: prompts.id, prompt: prompts.text })
    .from(promptSetPrompts)
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(eq(promptSetPrompts.promptSetId, promptSetId));
  const concepts = [pair.conceptA, pair.conceptB];
  return rows.map((row) => ({ ...row, pairId: pair.id, concepts }));
}
