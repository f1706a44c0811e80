import { eq, sql } from "drizzle-orm";
import { sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { renewLease } from "./lease";
import { lockSitting } from "./lock-sitting";
import { refuseClosedRound } from "./refuse-closed-round";
import { refuseFinished } from "./refuse-finished";
import type { LeaveSitting } from "./schemas";

/** Moves the sitting behind everything else in its rater's queue; the time spent on it so far stays with it. */
export async function putOff(
  ctx: MemberContext,
  { sittingId, activeMs }: LeaveSitting,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting } = await lockSitting(tx, ctx, sittingId);
    refuseFinished(sitting.state);
    await refuseClosedRound(tx, sitting);
    await tx
      .update(sittings)
      .set({ laterAt: sql`now()`, activeMs })
      .where(eq(sittings.id, sitting.id));
    await renewLease(tx, sitting.id);
  });
}
