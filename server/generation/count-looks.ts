import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairCounts } from "@/db/schema";
import { rendersLeft } from "@/server/budget/renders-left";
import { countFailedLooks } from "./count-failed-looks";

/** How far the pairs of a project are on their way to a first look, from the counters; those that failed, from their looks. */
export async function countLooks(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      stage: pairCounts.stage,
      pairs: sql<number>`sum(${pairCounts.pairs})`.mapWith(Number),
    })
    .from(pairCounts)
    .where(
      and(
        eq(pairCounts.projectId, projectId),
        eq(pairCounts.state, "accepted"),
        inArray(pairCounts.stage, ["prompts", "precheck", "quick_look"]),
      ),
    )
    .groupBy(pairCounts.stage);
  const at = (stage: string) => rows.find((row) => row.stage === stage)?.pairs ?? 0;
  const failed = await countFailedLooks(db, projectId);
  const drawing = Math.max(0, at("precheck") - failed);
  const left = await rendersLeft(db, projectId);
  return { unseen: at("prompts"), drawing, failed, toLook: at("quick_look"), rendersLeft: left };
}
