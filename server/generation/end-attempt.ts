import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { AttemptOutcome } from "@/db/enums";
import { type Render, renderAttempts, renders } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { wakeSecond } from "@/server/realign/wake-waiting";
import { type EndingFailure, retryPlan, sparePlan } from "./domain/retry-plan";
import { stopLooks } from "./follow-looks";
import { settleRenders } from "./pay-for-renders";
import { settleRunsOf } from "./settle-runs";

type End = {
  outcome: Extract<AttemptOutcome, "failed" | "expired">;
  kind: EndingFailure;
  reason: string;
  /** false: an attempt that merely lost its bridge is tried again at once. */
  waits: boolean;
};

/** A filter took images; `spares`: how often spare seeds were drawn before, null where none can be. */
type Filtered = Omit<End, "kind"> & { kind: "filtered"; spares: number | null };

/** Ends the attempt of a leased, locked render without images: queued again, or failed for good. */
export async function endAttempt(tx: Tx, render: Render, end: End | Filtered): Promise<void> {
  const plan =
    end.kind === "filtered"
      ? sparePlan(end.spares, render.failures)
      : retryPlan(end.kind, render.failures, Math.random());
  const isBusy = end.kind === "busy";
  if (!isBusy) {
    await tx.insert(renderAttempts).values({
      renderId: render.id,
      attempt: render.attempt,
      bridgeId: render.leasedBy,
      outcome: end.outcome,
      kind: end.kind,
      reason: end.reason,
    });
  }
  const afterMs = plan.retry && end.waits ? plan.afterMs : 0;
  await tx
    .update(renders)
    .set({
      state: plan.retry ? "queued" : "failed",
      attempt: plan.retry && !isBusy ? render.attempt + 1 : render.attempt,
      failures: plan.failures,
      reason: end.reason,
      notBefore: sql`now() + ${afterMs} * interval '1 millisecond'`,
      finishedAt: plan.retry ? null : sql`now()`,
      leaseToken: null,
      leasedBy: null,
      leasedUntil: null,
    })
    .where(eq(renders.id, render.id));
  if (!plan.retry) await giveUp(tx, render, end.reason);
  await notifyLive(tx, { projectId: render.projectId, topic: "render", id: render.id });
}

async function giveUp(tx: Tx, render: Render, reason: string) {
  await stopLooks(tx, [render.id], { state: "failed", reason });
  await settleRenders(tx, render.projectId, [render], 0);
  await settleRunsOf(tx, render.id);
  await wakeSecond(tx, render.id);
}
