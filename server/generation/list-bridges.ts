import { asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { bridges, endpoints, renders } from "@/db/schema";

export async function listBridges({ db }: { db: Db }) {
  const rows = await db
    .select({
      id: bridges.id,
      name: bridges.name,
      isEmbedded: bridges.isEmbedded,
      lastSeenAt: bridges.lastSeenAt,
      revokedAt: bridges.revokedAt,
      createdAt: bridges.createdAt,
    })
    .from(bridges)
    .orderBy(asc(bridges.id));
  const served = await endpointRows(db);
  return rows.map((bridge) => ({
    ...bridge,
    endpoints: served.filter((endpoint) => endpoint.bridgeId === bridge.id),
  }));
}

/** What each endpoint does now and did in the last five minutes. */
export function endpointRows(db: Db) {
  const mine = sql`${renders.leasedBy} = ${endpoints.bridgeId} and ${renders.endpointName} = ${endpoints.name}`;
  return db
    .select({
      bridgeId: endpoints.bridgeId,
      bridge: bridges.name,
      name: endpoints.name,
      health: endpoints.health,
      concurrency: endpoints.concurrency,
      lastSeenAt: endpoints.lastSeenAt,
      isSilent: sql<boolean>`coalesce(${endpoints.lastSeenAt} < now() - interval '60 seconds', true)`,
      rendering: sql<number>`(select count(*)::int from ${renders} where ${mine} and ${renders.state} = 'leased')`,
    })
    .from(endpoints)
    .innerJoin(bridges, eq(bridges.id, endpoints.bridgeId))
    .where(isNull(bridges.revokedAt))
    .orderBy(asc(bridges.name), asc(endpoints.name));
}
