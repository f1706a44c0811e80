import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bridges, endpoints } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { judgesIn } from "@/server/scoring/list-score-endpoints";
import type { BridgeContext } from "@/server/trpc/context";
import type { BridgeHello } from "./schemas";

/**
 * A bridge says that it lives and what its endpoints say of themselves. One that names a model to judge that it did not name
 * before, or is back, is asked about what was finished without it.
 */
export async function bridgeHello(
  { db, bridge }: BridgeContext,
  { endpoints: reports }: BridgeHello,
): Promise<{ bridge: string }> {
  await db.transaction(async (tx) => {
    await tx.update(bridges).set({ lastSeenAt: sql`now()` }).where(eq(bridges.id, bridge.id));
    const before = await toldBefore(tx, bridge.id);
    for (const { name, ...report } of reports) {
      const state = { ...report, lastSeenAt: sql`now()` };
      const [told] = await tx
        .insert(endpoints)
        .values({ bridgeId: bridge.id, name, ...state })
        .onConflictDoUpdate({ target: [endpoints.bridgeId, endpoints.name], set: state })
        .returning({ id: endpoints.id });
      const known = judgesIn(before.get(name));
      if (told && judgesIn(report.description).some((model) => !known.includes(model)))
        await enqueue(tx, "scoring.judgeMissed", { endpointId: told.id });
    }
  });
  return { bridge: bridge.name };
}

async function toldBefore(tx: Tx, bridgeId: string): Promise<Map<string, unknown>> {
  const rows = await tx
    .select({ name: endpoints.name, description: endpoints.description })
    .from(endpoints)
    .where(eq(endpoints.bridgeId, bridgeId));
  return new Map(rows.map(({ name, description }) => [name, description]));
}
