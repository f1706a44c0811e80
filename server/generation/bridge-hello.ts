import { eq, sql } from "drizzle-orm";
import { bridges, endpoints } from "@/db/schema";
import type { BridgeContext } from "@/server/trpc/context";
import type { BridgeHello } from "./schemas";

/** A bridge says that it lives and what its endpoints say of themselves. */
export async function bridgeHello(
  { db, bridge }: BridgeContext,
  { endpoints: reports }: BridgeHello,
): Promise<{ bridge: string }> {
  await db.transaction(async (tx) => {
    await tx.update(bridges).set({ lastSeenAt: sql`now()` }).where(eq(bridges.id, bridge.id));
    for (const { name, ...report } of reports) {
      const state = { ...report, lastSeenAt: sql`now()` };
      await tx
        .insert(endpoints)
        .values({ bridgeId: bridge.id, name, ...state })
        .onConflictDoUpdate({ target: [endpoints.bridgeId, endpoints.name], set: state });
    }
  });
  return { bridge: bridge.name };
}
