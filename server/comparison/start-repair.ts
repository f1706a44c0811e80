import { and, desc, eq, inArray, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs, repairs, runPairs, runs, seedSets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { rendersOf } from "@/server/generation/add-renders";
import { seedsOf } from "@/server/generation/domain/seeds";
import type { Run } from "@/server/generation/insert-claims";
import { insertNumberedRun } from "@/server/generation/insert-numbered-run";
import { insertRenders } from "@/server/generation/insert-renders";
import { type Drawn, findRevision } from "@/server/generation/run-settings";
import { settleRuns } from "@/server/generation/settle-runs";
import { notifyLive } from "@/server/live/live";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { findRepairPairs, type RepairPair } from "./find-repair-pairs";
import type { StartRepair } from "./schemas";

type Side = Drawn & { run: Run };

// Pair by pair through all generators, so that the first grids can be rated while the last are drawn.
const PAIRS_AT_ONCE = 10;

/**
 * Draws Level-5 pairs anew with their generator and with others: the same prompts, and one fresh seed set for all of them. Asked
 * for again before any of it is drawn, it is the same one.
 */
export async function startRepair(
  { db, viewer, member }: MemberContext,
  input: StartRepair,
): Promise<{ number: number }> {
  const { projectId } = member;
  const { baselineRevisionId, ratersPerGrid } = input;
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const revisionIds = [baselineRevisionId, ...input.methodRevisionIds];
    const known = await findSame(tx, projectId, revisionIds, input.pairIds);
    if (known) return known;
    const chosen = await holdPairs(tx, projectId, input);
    const { repair, seedSet } = await insertRepair(tx, {
      projectId,
      baselineRevisionId,
      startedBy: viewer.accountId,
    });
    const sides: Side[] = [];
    for (const id of revisionIds) {
      const revision = await findRevision(tx, projectId, id);
      const run = await insertNumberedRun(tx, {
        projectId,
        generatorRevisionId: revision.id,
        seedSetId: seedSet.id,
        purpose: "repair",
        repairId: repair.id,
        ratersPerGrid: ratersPerGrid ?? null,
        startedBy: viewer.accountId,
      });
      const of = chosen.map(({ pairId, promptSetId }) => ({ runId: run.id, pairId, promptSetId }));
      await tx.insert(runPairs).values(of);
      sides.push({ run, revision, seedSet });
    }
    await addRenders(tx, sides, chosen);
    const runIds = sides.map(({ run }) => run.id);
    await settleRuns(tx, runIds);
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "repair.start",
      subjectId: repair.id,
      payload: {
        number: repair.number,
        baselineRevisionId,
        generatorRevisionIds: revisionIds,
        runIds,
        pairs: chosen.map(({ pairId, promptSetId }) => ({ pairId, promptSetId })),
        seedSet: { id: seedSet.id, number: seedSet.number, seeds: seedSet.seeds },
        ratersPerGrid: ratersPerGrid ?? null,
      },
    });
    for (const id of runIds) await notifyLive(tx, { projectId, topic: "run", id });
    return { number: repair.number };
  });
}

/** Nobody may reject a pair between this look at it and its renders. */
async function holdPairs(
  tx: Tx,
  projectId: string,
  { baselineRevisionId, pairIds }: StartRepair,
): Promise<RepairPair[]> {
  await tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), inArray(pairs.id, pairIds)))
    .orderBy(pairs.id)
    .for("share");
  const found = await findRepairPairs(tx, { projectId, baselineRevisionId, pairIds });
  if (found.length < new Set(pairIds).size) {
    throw new AppError(
      "INVALID",
      "Some of these pairs are not at Level 5 with this baseline any more; choose again.",
    );
  }
  return found;
}

type NewRepair = { projectId: string; baselineRevisionId: string; startedBy: string };

async function insertRepair(tx: Tx, values: NewRepair) {
  const { projectId } = values;
  const [lastSet] = await tx
    .select({ number: max(seedSets.number) })
    .from(seedSets)
    .where(eq(seedSets.projectId, projectId));
  const number = (lastSet?.number ?? 0) + 1;
  const [seedSet] = await tx
    .insert(seedSets)
    .values({ projectId, number, purpose: "repair", seeds: seedsOf(projectId, number) })
    .returning();
  if (!seedSet) throw new Error("The seed set was not inserted");
  const [last] = await tx
    .select({ number: max(repairs.number) })
    .from(repairs)
    .where(eq(repairs.projectId, projectId));
  const [repair] = await tx
    .insert(repairs)
    .values({ ...values, number: (last?.number ?? 0) + 1, seedSetId: seedSet.id })
    .returning();
  if (!repair) throw new Error("The comparison was not inserted");
  return { repair, seedSet };
}

async function addRenders(tx: Tx, sides: readonly Side[], chosen: readonly RepairPair[]) {
  for (let start = 0; start < chosen.length; start += PAIRS_AT_ONCE) {
    const wanted = chosen.slice(start, start + PAIRS_AT_ONCE).flatMap(rendersOf);
    for (const { run, ...drawn } of sides) await insertRenders(tx, run, drawn, wanted);
  }
}

/** The newest comparison, when it is this very one and a button was pressed twice: none of its runs has ended. */
async function findSame(
  tx: Tx,
  projectId: string,
  revisionIds: readonly string[],
  pairIds: readonly string[],
): Promise<{ number: number } | null> {
  const [newest] = await tx
    .select({ id: repairs.id, number: repairs.number })
    .from(repairs)
    .where(eq(repairs.projectId, projectId))
    .orderBy(desc(repairs.number))
    .limit(1);
  if (!newest) return null;
  const claims = await tx
    .select({ revisionId: runs.generatorRevisionId, state: runs.state, pairId: runPairs.pairId })
    .from(runs)
    .innerJoin(runPairs, eq(runPairs.runId, runs.id))
    .where(eq(runs.repairId, newest.id));
  const isSame =
    claims.every(({ state }) => state === "active") &&
    isEqual(new Set(claims.map(({ revisionId }) => revisionId)), new Set(revisionIds)) &&
    isEqual(new Set(claims.map(({ pairId }) => pairId)), new Set(pairIds));
  return isSame ? { number: newest.number } : null;
}

const isEqual = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((item) => other.has(item));
