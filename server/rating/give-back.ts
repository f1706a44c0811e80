import { eq } from "drizzle-orm";
import { seats, sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { lockSitting } from "./lock-sitting";

/** Frees the seat of an unfinished sitting at once; its verdicts wait in case the rater returns. */
export async function giveBack(ctx: MemberContext, sittingId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, sittingId);
    if (sitting.state !== "live") return;
    await tx.update(sittings).set({ state: "given_back" }).where(eq(sittings.id, sitting.id));
    if (!seat) return;
    await tx.update(seats).set({ sittingId: null, leasedUntil: null }).where(eq(seats.id, seat.id));
  });
}
