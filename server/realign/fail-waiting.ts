import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Render, renderAttempts, renders } from "@/db/schema";
import { settleRenders } from "@/server/generation/pay-for-renders";
import { settleRunsOf } from "@/server/generation/settle-runs";

/** Ends a locked second image that will never be drawn. A retry begins with the step that failed. */
export async function failWaiting(tx: Tx, render: Render, reason: string): Promise<void> {
  const { id, attempt, projectId } = render;
  await tx
    .insert(renderAttempts)
    .values({ renderId: id, attempt, outcome: "failed", kind: "permanent", reason })
    .onConflictDoNothing();
  await tx
    .update(renders)
    .set({ state: "failed", reason, finishedAt: sql`now()` })
    .where(eq(renders.id, id));
  await settleRenders(tx, projectId, [render], 0);
  await settleRunsOf(tx, id);
}
