import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairCounts } from "@/db/schema";

/** How far the pairs of a project are on their way to a first look, from the counters. */
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
  return { unseen: at("prompts"), drawing: at("precheck"), toLook: at("quick_look") };
}
