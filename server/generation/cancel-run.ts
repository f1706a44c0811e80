import {
  and,
  asc,
  eq,
  exists,
  inArray,
  isNull,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { renderAttempts, renders, runRenders, runs } from "@/db/schema";
import { lockBudget } from "@/server/budget/lock-budget";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { stopLooks } from "./follow-looks";
import { giveBackPairs, lockDrawnPairs } from "./give-back-pairs";
import { type Attempted, settleRenders } from "./pay-for-renders";

/** Drops the run's claim; a render stops only when no other live run wants it, and so do its pairs. */
export async function cancelRun(
  { db, viewer, member }: MemberContext,
  { number }: { number: number },
): Promise<{ stopped: number }> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ id: runs.id })
      .from(runs)
      .where(and(eq(runs.projectId, member.projectId), eq(runs.number, number)));
    if (!found) throw new AppError("NOT_FOUND", "No such run.");
    // Project, pairs, renders, budget, runs: the order of all that locks them. One cancellation at a time.
    await lockProject(tx, member.projectId);
    const drawn = await lockDrawnPairs(tx, found.id);
    const open = await lockOpenRenders(tx, found.id);
    await lockBudget(tx, { projectId: member.projectId, kind: "renders" });
    const [run] = await tx
      .update(runs)
      .set({ state: "cancelled", finishedAt: sql`now()` })
      .where(and(eq(runs.id, found.id), eq(runs.state, "active")))
      .returning({ id: runs.id });
    if (!run) throw new AppError("CONFLICT", "This run has already ended.");
    const stopped = await stopUnwanted(
      tx,
      open.map((render) => render.id),
    );
    await settleRenders(tx, member.projectId, stopped, 0);
    const reason = `Run ${number} was cancelled`;
    await stopLooks(
      tx,
      stopped.map((render) => render.id),
      { state: "cancelled", reason },
    );
    const stages = await giveBackPairs(tx, drawn);
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "run.cancel",
      subjectId: run.id,
      payload: { number, stopped: stopped.length, stages },
    });
    await notifyLive(tx, { projectId: member.projectId, topic: "run", id: run.id });
    return { stopped: stopped.length };
  });
}

const second = alias(renders, "second");
const isWaiting = and(eq(second.firstRenderId, renders.id), eq(second.awaitsObjects, true));
/** The second images that wait for a render, with the runs that claim them. */
const secondsOf = (tx: Tx) =>
  tx
    .select()
    .from(second)
    .innerJoin(runRenders, eq(runRenders.renderId, second.id))
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .$dynamic();

/**
 * What waits is taken out of the bridges' reach first: locking in one go would wait for a render that is being finished
 * while the next is handed out, all the way through the run.
 */
async function lockOpenRenders(tx: Tx, runId: string) {
  await openRenders(tx, runId, and(eq(renders.state, "queued"), isNull(renders.firstRenderId))).for(
    "update",
    { skipLocked: true },
  );
  return openRenders(tx, runId, inArray(renders.state, ["queued", "leased"])).for("update");
}

/** The run's own, and the first images that its own wait for. */
const openRenders = (tx: Tx, runId: string, isOpen: SQL | undefined) =>
  tx
    .select({ id: renders.id })
    .from(renders)
    .where(
      and(
        isOpen,
        or(
          exists(
            tx
              .select()
              .from(runRenders)
              .where(and(eq(runRenders.runId, runId), eq(runRenders.renderId, renders.id))),
          ),
          exists(secondsOf(tx).where(and(isWaiting, eq(runRenders.runId, runId)))),
        ),
      ),
    )
    .orderBy(asc(renders.id));

async function stopUnwanted(tx: Tx, renderIds: readonly string[]): Promise<Attempted[]> {
  if (renderIds.length === 0) return [];
  const wantedByAnother = tx
    .select()
    .from(runRenders)
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .where(and(eq(runRenders.renderId, renders.id), ne(runs.state, "cancelled")));
  const awaitedByAnother = secondsOf(tx).where(
    and(isWaiting, eq(second.state, "queued"), ne(runs.state, "cancelled")),
  );
  const unwanted = and(
    inArray(renders.id, [...renderIds]),
    notExists(wantedByAnother),
    notExists(awaitedByAnother),
  );
  const leased = await tx
    .select({ renderId: renders.id, attempt: renders.attempt, bridgeId: renders.leasedBy })
    .from(renders)
    .where(and(unwanted, eq(renders.state, "leased")));
  if (leased.length > 0) {
    await tx
      .insert(renderAttempts)
      .values(leased.map((lease) => ({ ...lease, outcome: "cancelled" as const })));
  }
  return tx
    .update(renders)
    .set({
      state: "cancelled",
      leaseToken: null,
      leasedBy: null,
      leasedUntil: null,
      finishedAt: sql`now()`,
    })
    .where(unwanted)
    .returning({ id: renders.id, attempt: renders.attempt });
}
