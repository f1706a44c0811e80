import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids, memberships, seats } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { AssignSeats } from "./schemas";

/**
 * Keeps one free seat of each grid for each of these raters: nobody else is given it. Who sits at the grid or
 * has sat there keeps that place; a grid without a free seat left is counted as full.
 */
export async function assignSeats(
  { db, viewer, member }: MemberContext,
  input: AssignSeats,
): Promise<{ assigned: number; full: number; seatIds: string[] }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await refuseStrangers(tx, projectId, input.accountIds);
    const { gridIds, seatIds: free } = await lockFreeSeats(tx, projectId, input);
    const { full, seatIds } = await keep(tx, gridIds, free, input.accountIds);
    const assigned = seatIds.length;
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "seats.assign",
      payload: { ...input, assigned },
    });
    await notifyLive(tx, { projectId, topic: "round", id: projectId });
    return { assigned, full, seatIds };
  });
}

/** Nobody leaves meanwhile: what is kept for who has left would be anybody's. */
async function refuseStrangers(tx: Tx, projectId: string, accountIds: readonly string[]) {
  const members = await tx
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(
      and(eq(memberships.projectId, projectId), inArray(memberships.accountId, [...accountIds])),
    )
    .orderBy(asc(memberships.accountId))
    .for("share");
  if (members.length < new Set(accountIds).size) {
    throw new AppError(
      "INVALID",
      "Only members of the project can be given grids. Invite them first.",
    );
  }
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
/** One parameter, however many they are. */
const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`;

/** Seats before their grids, and in one order, as everywhere. */
async function lockFreeSeats(tx: Tx, projectId: string, { pairIds }: AssignSeats) {
  const ofPairs = and(
    eq(grids.projectId, projectId),
    sql`${grids.pairId} = any (${uuids(pairIds)})`,
    eq(grids.state, "open"),
  );
  const wanted = await tx.select({ id: grids.id }).from(grids).where(ofPairs);
  const found = await tx
    .select({ id: seats.id, gridId: seats.gridId })
    .from(seats)
    .where(
      and(
        sql`${seats.gridId} = any (${uuids(idsOf(wanted))})`,
        isNull(seats.completedAt),
        isNull(seats.raterId),
        or(isNull(seats.leasedUntil), lt(seats.leasedUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(seats.id))
    .for("update");
  return { gridIds: idsOf(wanted), seatIds: idsOf(found) };
}

type Kept = { full: number; seatIds: string[] };

/** The n-th free seat of a grid for the n-th of these raters who has no place there; all grids in one statement. */
async function keep(
  tx: Tx,
  gridIds: readonly string[],
  seatIds: readonly string[],
  accountIds: readonly string[],
): Promise<Kept> {
  const [row] = await tx.execute<Kept>(sql`
    with free as (
      select id, grid_id, row_number() over (partition by grid_id order by id) as nth
      from seat where id = any (${uuids(seatIds)})
    ), wanting as (
      select g.id as grid_id, r.id as rater_id, row_number() over (partition by g.id order by r.place) as nth
      from unnest(${uuids(gridIds)}) g (id)
        cross join (select id, min(place) as place
          from unnest(${uuids(accountIds)}) with ordinality asked (id, place) group by id) r
      where not exists (select from seat where grid_id = g.id and rater_id = r.id)
        and not exists (select from sitting where grid_id = g.id and rater_id = r.id and state <> 'given_back')
    ), kept as (
      update seat set rater_id = wanting.rater_id from free join wanting using (grid_id, nth) where seat.id = free.id
      returning seat.id
    )
    select (select coalesce(jsonb_agg(id order by id), '[]') from kept) as "seatIds",
      (select count(*)::int from unnest(${uuids(gridIds)}) g (id)
        left join (select grid_id, count(*) as n from free group by 1) f on f.grid_id = g.id
        left join (select grid_id, count(*) as n from wanting group by 1) w on w.grid_id = g.id
        where coalesce(f.n, 0) < greatest(1, w.n)) as full`);
  if (!row) throw new Error("A statement that always has one row had none");
  return row;
}
