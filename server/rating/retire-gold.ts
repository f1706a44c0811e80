import { and, eq, isNull, sql } from "drizzle-orm";
import { goldGrids } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";

/** Hands it out no longer; what raters said of it stays, and who holds it may finish. */
export async function retireGold(
  { db, viewer, member }: MemberContext,
  gridId: string,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const ofProject = and(eq(goldGrids.gridId, gridId), eq(goldGrids.projectId, projectId));
    const [known] = await tx.select({ id: goldGrids.gridId }).from(goldGrids).where(ofProject);
    if (!known) throw new AppError("NOT_FOUND", "No such gold grid.");
    const [retired] = await tx
      .update(goldGrids)
      .set({ retiredAt: sql`now()` })
      .where(and(ofProject, isNull(goldGrids.retiredAt)))
      .returning({ id: goldGrids.gridId });
    if (!retired) return;
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "gold.retire",
      payload: { gridId },
    });
  });
}
