import { and, eq, sql } from "drizzle-orm";
import { renders } from "@/db/schema";
import type { BridgeContext } from "@/server/trpc/context";
import { LEASE_SECONDS } from "./lease-renders";
import type { HeldRender } from "./schemas";

/** `held: false` tells the bridge to stop the prediction: cancelled, or taken over by another. */
export async function renewLease(
  { db, bridge }: BridgeContext,
  { renderId, leaseToken }: HeldRender,
): Promise<{ held: boolean }> {
  const renewed = await db
    .update(renders)
    .set({ leasedUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'` })
    .where(
      and(
        eq(renders.id, renderId),
        eq(renders.leaseToken, leaseToken),
        eq(renders.leasedBy, bridge.id),
        eq(renders.state, "leased"),
      ),
    )
    .returning({ id: renders.id });
  return { held: renewed.length === 1 };
}
