import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { gridImages, sittings, verdictEvents, verdicts } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { renewLease } from "./lease";
import { lockSitting } from "./lock-sitting";
import { readCells, readLastSeq, type SittingCell } from "./read-cells";
import { refuseClosedRound } from "./refuse-closed-round";
import { refuseFinished } from "./refuse-finished";
import type { RecordVerdictEvents, VerdictEvent } from "./schemas";

export type Recorded = { recorded: number; version: number } | { conflict: Conflict };

/** What the server has, for a window that did not see how it came to be. Nothing was recorded. */
export type Conflict = { version: number; lastSeq: number; cells: Omit<SittingCell, "position">[] };

/**
 * Appends what the rater did. Sending a batch again changes nothing, and batches may arrive in any
 * order: the present verdict of an image is that of its highest client_seq. Each event takes the
 * sitting's version up by one, so a window whose last own event does not explain the version has
 * not seen another window's verdicts; events that are known already are its own, sent again.
 */
export async function recordVerdictEvents(
  ctx: MemberContext,
  { sittingId, events, baseVersion }: RecordVerdictEvents,
): Promise<Recorded> {
  return ctx.db.transaction(async (tx) => {
    const { sitting } = await lockSitting(tx, ctx, sittingId);
    const fresh = await withoutKnown(tx, sitting.id, events);
    const [first] = fresh;
    if (!first) return { recorded: 0, version: sitting.version };
    refuseFinished(sitting.state);
    await refuseClosedRound(tx, sitting);
    if (baseVersion !== undefined && sitting.version !== baseVersion + events.indexOf(first)) {
      return { conflict: await readConflict(tx, sitting) };
    }
    await refuseForeignImages(tx, sitting.gridId, fresh);
    await tx
      .insert(verdictEvents)
      .values(fresh.map((event) => ({ ...event, sittingId: sitting.id, gridId: sitting.gridId })));
    await settleVerdicts(tx, sitting.id, [...new Set(fresh.map((event) => event.imageId))]);
    const version = sitting.version + fresh.length;
    await tx.update(sittings).set({ version }).where(eq(sittings.id, sitting.id));
    await renewLease(tx, sitting.id);
    return { recorded: fresh.length, version };
  });
}

type Versioned = { id: string; gridId: string; version: number };

async function readConflict(tx: Tx, sitting: Versioned): Promise<Conflict> {
  const cells = await readCells(tx, sitting);
  return {
    version: sitting.version,
    lastSeq: await readLastSeq(tx, sitting.id),
    cells: cells.map(({ imageId, verdict, detail }) => ({ imageId, verdict, detail })),
  };
}

async function withoutKnown(tx: Tx, sittingId: string, events: readonly VerdictEvent[]) {
  const byKey = new Map(events.map((event) => [event.clientKey, event]));
  const known = await tx
    .select({ clientKey: verdictEvents.clientKey })
    .from(verdictEvents)
    .where(
      and(
        eq(verdictEvents.sittingId, sittingId),
        inArray(verdictEvents.clientKey, [...byKey.keys()]),
      ),
    );
  for (const { clientKey } of known) byKey.delete(clientKey);
  return [...byKey.values()];
}

async function refuseForeignImages(tx: Tx, gridId: string, events: readonly VerdictEvent[]) {
  const wanted = [...new Set(events.map((event) => event.imageId))];
  const found = await tx
    .select({ imageId: gridImages.imageId })
    .from(gridImages)
    .where(and(eq(gridImages.gridId, gridId), inArray(gridImages.imageId, wanted)));
  if (found.length < wanted.length) {
    throw new AppError("INVALID", "A verdict names an image that is not in this grid.");
  }
}

async function settleVerdicts(tx: Tx, sittingId: string, imageIds: readonly string[]) {
  const latest = await tx
    .selectDistinctOn([verdictEvents.imageId])
    .from(verdictEvents)
    .where(
      and(eq(verdictEvents.sittingId, sittingId), inArray(verdictEvents.imageId, [...imageIds])),
    )
    .orderBy(
      verdictEvents.imageId,
      desc(verdictEvents.clientSeq),
      desc(verdictEvents.clientAt),
      desc(verdictEvents.id),
    );
  const standing = latest.flatMap(({ verdict, ...event }) =>
    verdict ? [{ ...event, verdict }] : [],
  );
  const takenBack = latest.filter((event) => !event.verdict).map((event) => event.imageId);
  if (takenBack.length > 0) {
    await tx
      .delete(verdicts)
      .where(and(eq(verdicts.sittingId, sittingId), inArray(verdicts.imageId, takenBack)));
  }
  if (standing.length === 0) return;
  await tx
    .insert(verdicts)
    .values(
      standing.map(({ id, imageId, verdict, detail, clientSeq }) => ({
        sittingId,
        imageId,
        verdict,
        detail,
        eventId: id,
        clientSeq,
      })),
    )
    .onConflictDoUpdate({
      target: [verdicts.sittingId, verdicts.imageId],
      set: {
        verdict: sql`excluded.verdict`,
        detail: sql`excluded.detail`,
        eventId: sql`excluded.event_id`,
        clientSeq: sql`excluded.client_seq`,
      },
    });
}
