import { eq } from "drizzle-orm";
import { seats, sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { lockSitting } from "./lock-sitting";
import { settleRaterTime } from "./rater-time";
import type { LeaveSitting } from "./schemas";

/**
 * Frees the seat of an unfinished sitting at once; its verdicts wait in case the rater returns. A grid that was put off stays in
 * the rater's later pile: the room may have laid it ready as the last one there was, and left before it was seen.
 */
export async function giveBack(
  ctx: MemberContext,
  { sittingId, activeMs }: LeaveSitting,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, sittingId);
    if (sitting.state !== "live" || sitting.laterAt !== null) return;
    await tx
      .update(sittings)
      .set({ state: "given_back", activeMs })
      .where(eq(sittings.id, sitting.id));
    if (seat) {
      await tx
        .update(seats)
        .set({ sittingId: null, leasedUntil: null })
        .where(eq(seats.id, seat.id));
    }
    await settleRaterTime(tx, sitting, activeMs ?? sitting.activeMs);
  });
}
