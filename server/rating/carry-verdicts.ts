import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  accounts,
  gridImages,
  memberships,
  seats,
  sittings,
  verdictEvents,
  verdicts,
} from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";

/** Days that a seat of the new grid is kept for the rater of the old one; then anyone may judge it. */
const KEPT_DAYS = 7;

export type Carry = { projectId: string; pairId: string; from: string; to: string };
type Sitting = typeof sittings.$inferSelect;

/**
 * Seats the raters of one grid at another that shows most of the same images, with what they said of those. Each
 * verdict is written again as an event of the new sitting, and the decision says where it was copied from.
 */
export async function carryVerdicts(tx: Tx, { projectId, pairId, from, to }: Carry): Promise<void> {
  const free = await freeSeats(tx, to);
  const [begun] = await tx
    .select({ id: sittings.id })
    .from(sittings)
    .where(eq(sittings.gridId, to));
  if (begun) return;
  const carried: { from: string; to: string; verdicts: number }[] = [];
  for (const sitting of await raterSittings(tx, from)) {
    const seatId = free.shift();
    if (!seatId) break;
    carried.push(await carryOne(tx, sitting, { gridId: to, seatId }));
  }
  const payload = { from, to, carried };
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "grid.mend",
    subjectId: pairId,
    payload,
  });
  await notifyLive(tx, { projectId, topic: "grid", id: to });
}

async function freeSeats(tx: Tx, gridId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: seats.id })
    .from(seats)
    .where(and(eq(seats.gridId, gridId), isNull(seats.sittingId)))
    .orderBy(asc(seats.number))
    .for("update");
  return rows.map(({ id }) => id);
}

/** Those that count and whose raters are still here. */
async function raterSittings(tx: Tx, gridId: string): Promise<Sitting[]> {
  const rows = await tx
    .select({ sitting: sittings })
    .from(sittings)
    .innerJoin(seats, eq(seats.sittingId, sittings.id))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.accountId, sittings.raterId),
        eq(memberships.projectId, sittings.projectId),
      ),
    )
    .where(
      and(
        eq(sittings.gridId, gridId),
        eq(sittings.state, "submitted"),
        eq(sittings.kind, "seat"),
        isNull(accounts.disabledAt),
      ),
    )
    .orderBy(asc(seats.number));
  return rows.map(({ sitting }) => sitting);
}

async function carryOne(
  tx: Tx,
  old: Sitting,
  { gridId, seatId }: { gridId: string; seatId: string },
) {
  const { projectId, raterId, mode, orderSeed, guidelineVersion, seenInstead } = old;
  const [made] = await tx
    .insert(sittings)
    .values({ projectId, gridId, raterId, mode, orderSeed, guidelineVersion, seenInstead })
    .returning();
  if (!made) throw new Error("The sitting was not inserted");
  await tx
    .update(seats)
    .set({ sittingId: made.id, leasedUntil: sql`now() + make_interval(days => ${KEPT_DAYS})` })
    .where(eq(seats.id, seatId));
  const said = await standingEvents(tx, old.id, gridId);
  if (said.length > 0) await copyEvents(tx, made.id, gridId, said);
  return { from: old.id, to: made.id, verdicts: said.length };
}

/** What the old sitting's verdicts stand on, for the images that the new grid shows too. */
async function standingEvents(tx: Tx, sittingId: string, gridId: string) {
  const shown = tx
    .select({ id: gridImages.imageId })
    .from(gridImages)
    .where(eq(gridImages.gridId, gridId));
  const rows = await tx
    .select({ event: verdictEvents, verdict: verdicts.verdict })
    .from(verdicts)
    .innerJoin(verdictEvents, eq(verdictEvents.id, verdicts.eventId))
    .where(and(eq(verdicts.sittingId, sittingId), inArray(verdicts.imageId, shown)))
    .orderBy(asc(verdictEvents.clientSeq), asc(verdictEvents.id));
  return rows;
}

async function copyEvents(
  tx: Tx,
  sittingId: string,
  gridId: string,
  said: Awaited<ReturnType<typeof standingEvents>>,
): Promise<void> {
  const copies = await tx
    .insert(verdictEvents)
    .values(
      said.map(({ event, verdict }, index) => ({
        sittingId,
        gridId,
        imageId: event.imageId,
        verdict,
        detail: event.detail,
        method: event.method,
        clientKey: randomUUID(),
        clientSeq: index + 1,
        clientAt: event.clientAt,
      })),
    )
    .returning();
  await tx
    .insert(verdicts)
    .values(
      copies.flatMap(({ id, imageId, verdict, detail, clientSeq }) =>
        verdict ? [{ sittingId, imageId, verdict, detail, eventId: id, clientSeq }] : [],
      ),
    );
}
