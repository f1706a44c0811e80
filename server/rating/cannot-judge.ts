import { eq } from "drizzle-orm";
import { seats, sittings } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import type { MemberContext } from "@/server/trpc/context";
import { lockSitting } from "./lock-sitting";
import { settleRaterTime } from "./rater-time";
import { refuseClosedRound } from "./refuse-closed-round";
import { refuseFinished } from "./refuse-finished";
import type { CannotJudge } from "./schemas";

/** Ends the sitting with its reason and frees the seat for any rater but this one. */
export async function cannotJudge(
  ctx: MemberContext,
  { sittingId, reason, activeMs }: CannotJudge,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, sittingId);
    if (sitting.state === "cannot_judge") return;
    refuseFinished(sitting.state);
    await refuseClosedRound(tx, sitting);
    await tx
      .update(sittings)
      .set({ state: "cannot_judge", reason, laterAt: null, activeMs })
      .where(eq(sittings.id, sitting.id));
    if (seat) {
      await tx
        .update(seats)
        .set({ sittingId: null, leasedUntil: null })
        .where(eq(seats.id, seat.id));
    }
    await notifyLive(tx, { projectId: sitting.projectId, topic: "grid", id: sitting.gridId });
    await settleRaterTime(tx, sitting, activeMs ?? sitting.activeMs);
  });
}
