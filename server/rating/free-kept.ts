import { and, asc, eq, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { seats } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";

type Whose = { projectId: string; actorId: string };

/** Of the seats that were kept for somebody, and are not done, these go to whoever comes; answers how many. */
export async function freeKept(tx: Tx, whose: Whose, these: SQL | undefined): Promise<number> {
  const { projectId, actorId } = whose;
  const kept = await tx
    .select({ id: seats.id, raterId: seats.raterId })
    .from(seats)
    .where(
      and(
        eq(seats.projectId, projectId),
        isNotNull(seats.raterId),
        isNull(seats.completedAt),
        these,
      ),
    )
    .orderBy(asc(seats.id))
    .for("update");
  if (kept.length === 0) return 0;
  const ids = kept.map(({ id }) => id);
  await tx.update(seats).set({ raterId: null }).where(inArray(seats.id, ids));
  await recordDecision(tx, {
    projectId,
    actorId,
    action: "seats.free",
    payload: { accountIds: [...new Set(kept.map(({ raterId }) => raterId))], freed: ids.length },
  });
  await notifyLive(tx, { projectId, topic: "round", id: projectId });
  return ids.length;
}
