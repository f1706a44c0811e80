import { eq } from "drizzle-orm";
import { sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { lockSitting } from "./lock-sitting";
import { refuseClosedRound } from "./refuse-closed-round";
import type { WriteNote } from "./schemas";

/**
 * A note on the whole grid, for the researcher; allowed after submission too, until the round closes.
 * A gap in the guidelines can be marked without words.
 */
export async function writeNote(
  ctx: MemberContext,
  { sittingId, note, isGuidelineGap }: WriteNote,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting } = await lockSitting(tx, ctx, sittingId);
    const isGap = isGuidelineGap ?? sitting.isGuidelineGap;
    if ((sitting.note ?? "") === note && sitting.isGuidelineGap === isGap) return;
    await refuseClosedRound(tx, sitting);
    await tx
      .update(sittings)
      .set({ note: note || null, isGuidelineGap: isGap })
      .where(eq(sittings.id, sitting.id));
  });
}
