import { and, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prompts, renders } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";

const WAITS = and(eq(renders.awaitsObjects, true), eq(renders.state, "queued"));

/** Call when a render ended: its images may be what a second one waits for. */
export async function wakeSecond(tx: Tx, firstRenderId: string): Promise<void> {
  const waiting = await tx.$count(renders, and(eq(renders.firstRenderId, firstRenderId), WAITS));
  if (waiting > 0) await enqueue(tx, "realign.advance", { firstRenderId });
}

/** Call when the phrases of a pair were said, or will not be. */
export async function wakeOfPair(tx: Tx, pairId: string): Promise<void> {
  const waiting = await tx
    .select({ firstRenderId: renders.firstRenderId })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .where(and(eq(prompts.pairId, pairId), isNotNull(renders.firstRenderId), WAITS));
  for (const { firstRenderId } of waiting)
    if (firstRenderId) await enqueue(tx, "realign.advance", { firstRenderId });
}
