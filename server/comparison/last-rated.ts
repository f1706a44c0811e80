import { and, desc, eq, isNotNull } from "drizzle-orm";
import { grids, repairs, runs, sittings } from "@/db/schema";
import { countOpen } from "@/server/rating/count-queue";
import type { MemberContext } from "@/server/trpc/context";

/**
 * The number of the comparison that the viewer's last submitted grid was drawn for; null: for none, or grids wait for them
 * still, who rates blind. Experts have no way here: what a grid was for is not theirs to know.
 */
export async function lastRated({
  db,
  viewer,
  member: { projectId },
}: Pick<MemberContext, "db" | "viewer" | "member">): Promise<number | null> {
  const raterId = viewer.accountId;
  if ((await countOpen(db, { projectId, raterId }, 1)) > 0) return null;
  const [last] = await db
    .select({ number: repairs.number })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    // Where broken images were drawn again, the run with the spare seeds is the comparison's too.
    .leftJoin(
      runs,
      and(
        eq(runs.projectId, projectId),
        eq(runs.generatorRevisionId, grids.generatorRevisionId),
        eq(runs.seedSetId, grids.seedSetId),
        isNotNull(runs.repairId),
      ),
    )
    .leftJoin(repairs, eq(repairs.id, runs.repairId))
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.raterId, raterId),
        eq(sittings.state, "submitted"),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(1);
  return last?.number ?? null;
}
