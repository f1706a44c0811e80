import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { seats } from "@/db/schema";

/** On the database's clock: two web servers never disagree about who sits where. Its length follows the rater's pace (drizzle/0013). */
export const leaseEnd = (sittingId: string) => sql`now() + teacup_lease(${sittingId}::uuid)`;

/** Never shortens what is held for longer. False once the seat went to someone else. */
export async function renewLease(db: DbOrTx, sittingId: string): Promise<boolean> {
  const renewed = await db
    .update(seats)
    .set({ leasedUntil: sql`greatest(${seats.leasedUntil}, ${leaseEnd(sittingId)})` })
    .where(and(eq(seats.sittingId, sittingId), isNull(seats.completedAt)))
    .returning({ id: seats.id });
  return renewed.length > 0;
}
