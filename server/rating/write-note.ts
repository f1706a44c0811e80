import { eq } from "drizzle-orm";
import { sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { lockSitting } from "./lock-sitting";
import { refuseClosedRound } from "./refuse-closed-round";
import type { WriteNote } from "./schemas";

/** A note on the whole grid, for the researcher; allowed after submission too, until the round closes. */
export async function writeNote(ctx: MemberContext, { sittingId, note }: WriteNote): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting } = await lockSitting(tx, ctx, sittingId);
    if ((sitting.note ?? "") === note) return;
    await refuseClosedRound(tx, sitting);
    await tx
      .update(sittings)
      .set({ note: note || null })
      .where(eq(sittings.id, sitting.id));
  });
}
