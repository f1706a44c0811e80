import { and, eq, inArray, not, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { judgeTasks, renders } from "@/db/schema";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { enqueue } from "@/server/jobs/queue";

const AT_ONCE = 200;

/** Catches a step that nobody took, its job being out of retries. One that only waits for the proposer is looked at again in vain. */
export async function sweepWaiting(tx: Tx): Promise<number> {
  const first = alias(renders, "first");
  const tagging = tx
    .select({ one: sql`1` })
    .from(judgeTasks)
    .where(and(eq(judgeTasks.renderId, first.id), inArray(judgeTasks.state, ["queued", "leased"])));
  const stalled = await tx
    .select({ firstRenderId: first.id })
    .from(renders)
    .innerJoin(first, eq(first.id, renders.firstRenderId))
    .where(
      and(
        eq(renders.state, "queued"),
        eq(renders.awaitsObjects, true),
        not(inArray(first.state, ["queued", "leased"])),
        notExists(tagging),
        not(hasLiveJob("realign.advance", "firstRenderId", renders.firstRenderId)),
      ),
    )
    .orderBy(sql`random()`)
    .limit(AT_ONCE);
  for (const { firstRenderId } of stalled) await enqueue(tx, "realign.advance", { firstRenderId });
  return stalled.length;
}
