import { asc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { bridges } from "@/db/schema";
import { readEndpoints } from "./read-endpoints";

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
  const served = await readEndpoints(db);
  return rows.map((bridge) => ({
    ...bridge,
    endpoints: served.filter((endpoint) => endpoint.bridgeId === bridge.id),
  }));
}
