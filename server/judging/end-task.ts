import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { FailureKind } from "@/db/enums";
import { type JudgeTask, judgeTasks } from "@/db/schema";
import { retryPlan } from "@/server/generation/domain/retry-plan";
import { goOn, tellOf } from "./follow-task";
import { FREE } from "./held-task";

type End = { kind: FailureKind; reason: string; waits: boolean };

/** Ends the attempt of a leased, locked task without an answer: queued again, or failed for good. */
export async function endTask(
  tx: Tx,
  task: JudgeTask,
  { kind, reason, waits }: End,
): Promise<void> {
  const plan = retryPlan(kind, task.failures, Math.random());
  const afterMs = plan.retry && waits ? plan.afterMs : 0;
  await tx
    .update(judgeTasks)
    .set({
      ...FREE,
      state: plan.retry ? "queued" : "failed",
      attempt: plan.retry && kind !== "busy" ? task.attempt + 1 : task.attempt,
      failures: plan.failures,
      reason,
      notBefore: sql`now() + ${afterMs} * interval '1 millisecond'`,
      finishedAt: plan.retry ? null : sql`now()`,
    })
    .where(eq(judgeTasks.id, task.id));
  if (!plan.retry) await goOn(tx, task);
  await tellOf(tx, task);
}
