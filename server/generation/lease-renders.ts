import { randomUUID } from "node:crypto";
import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { endpoints, type Render, renders } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import type { BridgeContext } from "@/server/trpc/context";
import { expireLeases } from "./expire-leases";
import { isAnyOpen } from "./is-any-open";
import { openPlaces } from "./open-places";
import type { LeaseRenders, RenderInput } from "./schemas";

export const LEASE_SECONDS = 30;

export type LeasedRender = {
  renderId: string;
  attempt: number;
  leaseToken: string;
  input: RenderInput;
};

/** Gives the bridge the oldest renders that may start now, each to one bridge only. */
export async function leaseRenders(
  { db, bridge }: BridgeContext,
  { endpoint, limit }: z.infer<typeof LeaseRenders>,
): Promise<LeasedRender[]> {
  if (!(await isAnyOpen(db, renders, endpoint))) return [];
  return db.transaction(async (tx) => {
    await expireLeases(tx, endpoint);
    const most = Math.min(limit, await placesLeft(tx, bridge.id, endpoint));
    if (most <= 0) return [];
    const free = await tx
      .select()
      .from(renders)
      .where(
        and(
          eq(renders.endpointName, endpoint),
          eq(renders.state, "queued"),
          eq(renders.awaitsObjects, false),
          lte(renders.notBefore, sql`now()`),
        ),
      )
      .orderBy(asc(renders.id))
      .limit(most)
      .for("update", { skipLocked: true });
    const leased: LeasedRender[] = [];
    const open = await openPlaces(tx, free);
    for (const render of free) {
      const seeds = open.get(render.id)?.map(({ seed }) => seed) ?? [];
      leased.push(await lease(tx, render, bridge.id, seeds));
    }
    return leased;
  });
}

/** How many more this server may be handed where an admin has set a limit; two requests of it wait for each other. */
async function placesLeft(tx: Tx, bridgeId: string, endpoint: string): Promise<number> {
  const [limited] = await tx
    .select({ handedOut: endpoints.handedOut })
    .from(endpoints)
    .where(
      and(
        eq(endpoints.bridgeId, bridgeId),
        eq(endpoints.name, endpoint),
        isNotNull(endpoints.handedOut),
      ),
    )
    .for("no key update");
  if (!limited?.handedOut) return Number.POSITIVE_INFINITY;
  const mine = and(
    eq(renders.endpointName, endpoint),
    eq(renders.state, "leased"),
    eq(renders.leasedBy, bridgeId),
  );
  return limited.handedOut - (await tx.$count(renders, mine));
}

async function lease(
  tx: Tx,
  render: Render,
  bridgeId: string,
  seeds: number[],
): Promise<LeasedRender> {
  const leaseToken = randomUUID();
  await tx
    .update(renders)
    .set({
      state: "leased",
      leaseToken,
      leasedBy: bridgeId,
      leasedUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'`,
    })
    .where(eq(renders.id, render.id));
  await notifyLive(tx, { projectId: render.projectId, topic: "render", id: render.id });
  return {
    renderId: render.id,
    attempt: render.attempt,
    leaseToken,
    input: { ...asRenderInput(render.input), seeds },
  };
}

/** Guaranteed by `addRenders`, the only writer of the column. */
const asRenderInput = (input: unknown) => input as RenderInput;
