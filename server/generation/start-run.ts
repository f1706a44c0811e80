import { and, eq, inArray, ne } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { pairs, projects, runPairs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { addRenders } from "./add-renders";
import { insertNumberedRun } from "./insert-numbered-run";
import { runPlan } from "./run-plan";
import { StartRun } from "./schemas";
import { settleRuns } from "./settle-runs";

export type StartedRun = { number: number; pairsAdded: number };

/** Adds what no live run has asked for yet; with nothing missing it returns the run that has it. */
export async function startRun(
  { db, viewer, member }: MemberContext,
  rawInput: StartRun,
): Promise<StartedRun> {
  const input = StartRun.parse(rawInput);
  const { projectId } = member;
  return db.transaction((tx) => insertRun(tx, { projectId, actorId: viewer.accountId }, input));
}

/** The same in a transaction of the caller; `actorId` null is the loop itself, in auto-mode. */
export async function insertRun(
  tx: Tx,
  { projectId, actorId }: { projectId: string; actorId: string | null },
  input: z.output<typeof StartRun>,
): Promise<StartedRun> {
  // Two people who press the button at once must not both add the same pairs.
  await tx.select().from(projects).where(eq(projects.id, projectId)).for("no key update");
  const plan = await runPlan(tx, projectId, input);
  refuseUnready(plan.ready.length, input.pairIds);
  if (plan.missing.length === 0 && plan.latest) {
    return { number: plan.latest.number, pairsAdded: 0 };
  }
  const pairIds = plan.missing.map((pair) => pair.pairId);
  await holdAccepted(tx, pairIds);
  const run = await insertNumberedRun(tx, {
    projectId,
    generatorRevisionId: plan.revision.id,
    seedSetId: plan.seedSet.id,
    purpose: input.purpose,
    ratersPerGrid: input.ratersPerGrid,
    startedBy: actorId,
  });
  await tx
    .insert(runPairs)
    .values(
      plan.missing.map(({ pairId, promptSetId }) => ({ runId: run.id, pairId, promptSetId })),
    );
  await addRenders(tx, run, plan);
  await settleRuns(tx, [run.id]);
  await beginRating(tx, pairIds);
  await recordDecision(tx, {
    projectId,
    actorId,
    action: "run.start",
    subjectId: run.id,
    payload: { purpose: input.purpose, pairIds },
  });
  await notifyLive(tx, { projectId, topic: "run", id: run.id });
  return { number: run.number, pairsAdded: plan.missing.length };
}

/** Whose grid is on its way has only the rating before it. */
async function beginRating(tx: Tx, pairIds: readonly string[]): Promise<void> {
  await tx
    .update(pairs)
    .set({ stage: "rating" })
    .where(and(inArray(pairs.id, [...pairIds]), ne(pairs.stage, "rated")));
}

function refuseUnready(ready: number, asked: readonly string[] | undefined) {
  if (asked && ready < new Set(asked).size) {
    throw new AppError(
      "INVALID",
      "Some of these pairs are not accepted or lack their five prompts; finish them first.",
    );
  }
  if (ready === 0) {
    throw new AppError(
      "INVALID",
      "No accepted pair has its five prompts yet; accept pairs and let the prompts be written.",
    );
  }
}

/** Nobody may reject a pair between the plan and its renders. */
async function holdAccepted(tx: Tx, pairIds: readonly string[]): Promise<void> {
  const held = await tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(inArray(pairs.id, [...pairIds]), eq(pairs.state, "accepted")))
    .orderBy(pairs.id)
    .for("share");
  if (held.length < pairIds.length) {
    throw new AppError("CONFLICT", "A pair was rejected or set aside just now; start again.");
  }
}
