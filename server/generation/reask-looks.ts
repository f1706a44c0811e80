import { and, eq, not } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { quickLooks, renders } from "@/db/schema";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { enqueue } from "@/server/jobs/queue";

const AT_ONCE = 50;

/** Asks again for looks whose images are there, but whose job ran out of retries. */
export async function reaskLooks(tx: Tx): Promise<number> {
  const stranded = await tx
    .select({ renderId: renders.id })
    .from(quickLooks)
    .innerJoin(renders, eq(renders.id, quickLooks.renderId))
    .where(
      and(
        eq(quickLooks.state, "drawing"),
        eq(renders.state, "done"),
        not(hasLiveJob("generation.openGrids", "renderId", renders.id)),
      ),
    )
    .limit(AT_ONCE);
  for (const { renderId } of stranded) await enqueue(tx, "generation.openGrids", { renderId });
  return stranded.length;
}
