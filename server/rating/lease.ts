import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { seats } from "@/db/schema";

const LEASE_MINUTES = 15;

/** On the database's clock: two web servers never disagree about who sits where. */
export const leaseEnd = sql`now() + make_interval(mins => ${LEASE_MINUTES})`;

/** False once the seat went to someone else. */
export async function renewLease(db: DbOrTx, sittingId: string): Promise<boolean> {
  const renewed = await db
    .update(seats)
    .set({ leasedUntil: leaseEnd })
    .where(and(eq(seats.sittingId, sittingId), isNull(seats.completedAt)))
    .returning({ id: seats.id });
  return renewed.length > 0;
}
