import { and, eq, exists, isNull, lt, notExists, or, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, seats, sittings } from "@/db/schema";
import { countUpTo } from "@/server/core/count-up-to";

export type QueueCount = {
  /** Grids this rater has submitted. */
  done: number;
  /** Grids this rater could still do now: held ones, put-off ones and free ones. */
  open: number;
  /** How many of the open ones were put off. */
  later: number;
  /** How many of the open ones were begun and not put off. */
  begun: number;
};

type Who = { projectId: string; raterId: string };

/** Only what is open, counted no further than `most` free grids; for screens that show no share of what is done. */
export async function countOpen(db: DbOrTx, who: Who, most: number): Promise<number> {
  const held = db
    .select({ one: sql`1` })
    .from(sittings)
    .where(and(ofMine(who), eq(sittings.state, "live")));
  const [mine, free] = await Promise.all([
    countUpTo(db, most, held),
    countUpTo(db, most, selectFree(db, who)),
  ]);
  return mine + free;
}

/** The honest "x of N" of one rater in one project. */
export async function countQueue(db: DbOrTx, who: Who): Promise<QueueCount> {
  const [[mine], free] = await Promise.all([countMine(db, who), countFree(db, who)]);
  const { done = 0, later = 0, begun = 0 } = mine ?? {};
  return { done, later, begun, open: later + begun + free };
}

const ofMine = ({ projectId, raterId }: Who) =>
  and(eq(sittings.projectId, projectId), eq(sittings.raterId, raterId));

function countMine(db: DbOrTx, who: Who) {
  const isLive = sql`${sittings.state} = 'live'`;
  const filtered = (condition: ReturnType<typeof sql>) =>
    sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  return db
    .select({
      done: filtered(sql`${sittings.state} = 'submitted'`),
      later: filtered(sql`${isLive} and ${sittings.laterAt} is not null`),
      begun: filtered(sql`${isLive} and ${sittings.laterAt} is null`),
    })
    .from(sittings)
    .where(ofMine(who));
}

const countFree = (db: DbOrTx, who: Who) => db.$count(selectFree(db, who).as("free"));

function selectFree(db: DbOrTx, who: Who) {
  const isBehindMe = db
    .select({ id: sittings.id })
    .from(sittings)
    .where(and(ofMine(who), eq(sittings.gridId, grids.id), sql`${sittings.state} <> 'given_back'`));
  const freeSeat = db
    .select({ id: seats.id })
    .from(seats)
    .where(
      and(
        eq(seats.gridId, grids.id),
        isNull(seats.completedAt),
        or(isNull(seats.leasedUntil), lt(seats.leasedUntil, sql`now()`)),
      ),
    );
  return db
    .select({ id: grids.id })
    .from(grids)
    .where(
      and(
        eq(grids.projectId, who.projectId),
        eq(grids.state, "open"),
        exists(freeSeat),
        notExists(isBehindMe),
      ),
    );
}
