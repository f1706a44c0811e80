import { and, eq, inArray } from "drizzle-orm";
import { consensuses, grids } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { addLook } from "@/server/rating/add-look";
import type { MemberContext } from "@/server/trpc/context";
import type { AskAnotherLook } from "./schemas";

/** Sends grids to one more rater each; those that had their look already are left alone. */
export async function askAnotherLook(
  { db, viewer, member }: MemberContext,
  { gridIds }: AskAnotherLook,
): Promise<{ asked: number }> {
  return db.transaction(async (tx) => {
    const judged = await tx
      .select({ gridId: grids.id, pairId: grids.pairId, projectId: grids.projectId })
      .from(grids)
      .innerJoin(consensuses, eq(consensuses.gridId, grids.id))
      .where(and(eq(grids.projectId, member.projectId), inArray(grids.id, [...gridIds])))
      .orderBy(grids.id)
      .for("no key update", { of: grids });
    let asked = 0;
    for (const grid of judged) {
      if (!(await addLook(tx, grid, "boundary"))) continue;
      asked += 1;
      await recordDecision(tx, {
        projectId: member.projectId,
        actorId: viewer.accountId,
        action: "grid.look",
        subjectId: grid.pairId,
        payload: { gridId: grid.gridId, kind: "boundary" },
      });
      await notifyLive(tx, { projectId: member.projectId, topic: "grid", id: grid.gridId });
    }
    return { asked };
  });
}
