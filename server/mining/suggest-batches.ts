import { count, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { allocations } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { allocate } from "./domain/allocation/allocate";
import {
  type SuggestBatches,
  type Suggestion,
  suggestionsOf,
} from "./domain/allocation/suggestion";
import { hash32, seededDraws } from "./domain/random";
import { lockProject } from "./lock-project";
import { type Arms, readArms } from "./read-arms";

const BATCH_SIZE = 20;

/** Draws where the next batches would pay most, and says why. Nothing is asked for: a person takes a suggestion. */
export async function suggestBatches(
  { db, viewer, member: { projectId } }: MemberContext,
  { batches }: SuggestBatches,
): Promise<{ allocationId: string; suggestions: Suggestion[] }> {
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const { arms, typed } = await readArms(tx, projectId);
    const seed = await nextSeed(tx, projectId);
    const budget = pairsSoFar({ arms, typed }) + batches * BATCH_SIZE;
    const plan = { batches, batchSize: BATCH_SIZE, budget, typed };
    const suggestions = suggestionsOf(allocate(arms, plan, seededDraws(seed)), arms);
    const [stored] = await tx
      .insert(allocations)
      .values({ projectId, seed, suggestions })
      .returning({ id: allocations.id });
    if (!stored) throw new Error("The allocation was not stored");
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "allocation.suggest",
      subjectId: stored.id,
      payload: { seed, arms, typed, batches, suggestions },
    });
    await notifyLive(tx, { projectId, topic: "loop", id: stored.id });
    return { allocationId: stored.id, suggestions };
  });
}

/** The first, second, third suggestion of a project: each its own dice, the same in a replay. 31 bits fit the column. */
async function nextSeed(tx: Tx, projectId: string): Promise<number> {
  const [before] = await tx
    .select({ drawn: count() })
    .from(allocations)
    .where(eq(allocations.projectId, projectId));
  return hash32(`${projectId} allocation ${(before?.drawn ?? 0) + 1}`) >>> 1;
}

const pairsSoFar = ({ arms, typed }: Arms): number =>
  arms.reduce((sum, { rated, underWay }) => sum + rated + underWay, 0) +
  Object.values(typed).reduce((sum, pairs) => sum + pairs, 0);
