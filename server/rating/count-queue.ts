import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";

export type QueueCount = {
  /** Grids this rater has submitted in rounds that are open. */
  done: number;
  /** Grids this rater could still do now: held ones, put-off ones and free ones. */
  open: number;
  /** How many of the open ones were put off. */
  later: number;
  /** How many of the open ones were begun and not put off. */
  begun: number;
};

type Who = { projectId: string; raterId: string };

/** Only what is open, said as no more than `most`. */
export async function countOpen(db: DbOrTx, who: Who, most: number): Promise<number> {
  const { open } = await countQueue(db, who);
  return Math.min(open, most);
}

/**
 * The honest "x of N" of one rater in one project. Its price does not grow with the project: what is free is
 * kept counted, and only who sits somewhere at this moment is looked at, rater by rater.
 */
export async function countQueue(db: DbOrTx, who: Who): Promise<QueueCount> {
  const [[mine], [counted], taken, kept] = await Promise.all([
    countHeld(db, who),
    readCounted(db, who),
    countTaken(db, who),
    countKept(db, who),
  ]);
  const { later = 0, begun = 0, heldFree = 0 } = mine ?? {};
  const { done = 0, free = 0, behind = 0 } = counted ?? {};
  return {
    done,
    later,
    begun,
    open: later + begun + Math.max(0, free - behind - heldFree - taken + kept),
  };
}

const isFree = sql`g.state = 'open' and g.seats_free > 0 and r.closed_at is null`;
const gridOf = (row: ReturnType<typeof sql>) =>
  sql`join grid g on g.id = ${row}.grid_id join rating_round r on r.project_id = g.project_id and r.number = g.round`;

/** Live sittings that the rater may go on with, and how many of them stand in the way of a free grid. */
function countHeld(db: DbOrTx, { projectId, raterId }: Who) {
  return db.execute<{ later: number; begun: number; heldFree: number }>(sql`
    select count(*) filter (where is_open and later_at is not null)::int as later,
      count(*) filter (where is_open and later_at is null)::int as begun,
      count(distinct grid_id) filter (where is_free and occasion = 1)::int as "heldFree"
    from (
      select s.*, r.closed_at is null or s.kind in ('gold', 'training') as is_open, ${isFree} as is_free
      from sitting s ${gridOf(sql`s`)}
      where s.project_id = ${projectId} and s.rater_id = ${raterId} and s.state = 'live'
    ) mine`);
}

function readCounted(db: DbOrTx, { projectId, raterId }: Who) {
  const sum = (condition: ReturnType<typeof sql>) =>
    sql`coalesce(sum(c.n) filter (where ${condition}), 0)::int`;
  return db.execute<{ done: number; free: number; behind: number }>(sql`
    select ${sum(sql`c.rater_id is not null and c.field = 'done' and r.closed_at is null`)} as done,
      ${sum(sql`c.rater_id is null and c.field = 'free' and r.closed_at is null`)} as free,
      ${sum(sql`c.rater_id is not null and c.field = 'behind' and r.closed_at is null`)} as behind
    from rating_count c join rating_round r on r.project_id = c.project_id and r.number = c.round
    where c.project_id = ${projectId} and (c.rater_id = ${raterId} or c.rater_id is null)`);
}

/** Free grids at all of whose seats somebody sits now, and neither this rater nor a seat of theirs. */
async function countTaken(db: DbOrTx, { projectId, raterId }: Who): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select seat.grid_id, count(*) as leased from seat
      where seat.project_id = ${projectId} and seat.leased_until > now() and seat.completed_at is null and seat.rater_id is null
      group by seat.grid_id
    ) held ${gridOf(sql`held`)}
    where ${isFree} and held.leased = g.seats_free and not ${isBehind(sql`g.id`, raterId)}
      and not exists (select from seat k where k.grid_id = g.id and k.rater_id = ${raterId} and k.completed_at is null)`);
  return row?.n ?? 0;
}

/** Grids that only this rater may still do: the other seats are done, or kept for others. */
async function countKept(db: DbOrTx, { projectId, raterId }: Who): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from seat k ${gridOf(sql`k`)}
    where k.rater_id = ${raterId} and k.project_id = ${projectId} and k.completed_at is null
      and g.state = 'open' and g.seats_free = 0 and r.closed_at is null and not ${isBehind(sql`g.id`, raterId)}`);
  return row?.n ?? 0;
}

const isBehind = (gridId: ReturnType<typeof sql>, raterId: string) =>
  sql`teacup_is_behind(${gridId}, ${raterId}::uuid, '{}')`;
