import { asc, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { bridges, endpoints, renders } from "@/db/schema";
import { isTagger, type Offer, readOffer, readReason } from "./domain/method/offer";

/** What each endpoint does now and did in the last five minutes. */
export async function readEndpoints(db: DbOrTx) {
  const rows = await selectEndpoints(db);
  return rows.map(shown);
}
export type Server = Awaited<ReturnType<typeof readEndpoints>>[number];

/** An endpoint as a project sees it. */
export type ListedEndpoint = {
  name: string;
  /** Of several servers with one name, the one heard of last tells it; null: none has told yet. */
  offer: Offer | null;
  /** It draws nothing, and says what stands where in images. */
  tags: boolean;
  servers: Server[];
};

/** Every endpoint that a bridge serves, by name. */
export async function listEndpoints(db: DbOrTx): Promise<ListedEndpoint[]> {
  const byName = Map.groupBy(await selectEndpoints(db), ({ name }) => name);
  return [...byName].map(([name, rows]) => ({
    name,
    offer: rows
      .toSorted((a, b) => Number(b.lastSeenAt) - Number(a.lastSeenAt))
      .reduce<Offer | null>((found, row) => found ?? readOffer(row.description), null),
    tags: rows.some(({ description }) => isTagger(description)),
    servers: rows.map(shown),
  }));
}

function selectEndpoints(db: DbOrTx) {
  const mine = sql`${renders.leasedBy} = ${endpoints.bridgeId} and ${renders.endpointName} = ${endpoints.name}`;
  return db
    .select({
      bridgeId: endpoints.bridgeId,
      bridge: bridges.name,
      name: endpoints.name,
      health: endpoints.health,
      description: endpoints.description,
      concurrency: endpoints.concurrency,
      handedOut: endpoints.handedOut,
      hourCents: endpoints.hourCents,
      imageCents: endpoints.imageCents,
      lastSeenAt: endpoints.lastSeenAt,
      isSilent: sql<boolean>`coalesce(${endpoints.lastSeenAt} < now() - interval '60 seconds', true)`,
      rendering: sql<number>`(select count(*)::int from ${renders} where ${mine} and ${renders.state} = 'leased')`,
    })
    .from(endpoints)
    .innerJoin(bridges, eq(bridges.id, endpoints.bridgeId))
    .where(isNull(bridges.revokedAt))
    .orderBy(asc(endpoints.name), asc(bridges.name));
}

/** All of it but what the endpoint says at length. */
function shown({ description, ...row }: Awaited<ReturnType<typeof selectEndpoints>>[number]) {
  return { ...row, reason: readReason(description) };
}
