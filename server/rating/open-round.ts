import { and, eq, lt, max, notExists } from "drizzle-orm";
import { grids, projects, ratingRounds, sittings } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";

/** Opens the next round. Grids that nobody has sat at move along; the others stay where they were judged. */
export async function openRound({
  db,
  viewer,
  member,
}: MemberContext): Promise<{ number: number; moved: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    // Two who open at once must not both mean the same number.
    await tx.select().from(projects).where(eq(projects.id, projectId)).for("no key update");
    const [newest] = await tx
      .select({ number: max(ratingRounds.number) })
      .from(ratingRounds)
      .where(eq(ratingRounds.projectId, projectId));
    const number = (newest?.number ?? 0) + 1;
    await tx.insert(ratingRounds).values({ projectId, number, openedBy: viewer.accountId });
    const sat = tx.select({ id: sittings.id }).from(sittings).where(eq(sittings.gridId, grids.id));
    const moved = await tx
      .update(grids)
      .set({ round: number })
      .where(and(eq(grids.projectId, projectId), lt(grids.round, number), notExists(sat)))
      .returning({ id: grids.id });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "round.open",
      payload: { number, moved: moved.length },
    });
    await notifyLive(tx, { projectId, topic: "round", id: String(number) });
    return { number, moved: moved.length };
  });
}
