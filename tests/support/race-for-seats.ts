import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { giveBack } from "@/server/rating/give-back";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "./claim";

export const SEATS = 60;

/**
 * 100 raters at once on 20 grids with three seats each: 60 are seated and 40 are not. Once those have given back,
 * the 40 are seated too: nobody starves. Answers what was wrong, in words; nothing when all was right.
 */
export async function raceForSeats(
  db: Db,
  projectId: string,
  raters: readonly MemberContext[],
): Promise<string[]> {
  const wrong: string[] = [];
  const first = await claimAll(raters);
  const seated = first.filter(({ sittingId }) => sittingId !== null);
  if (seated.length !== SEATS) wrong.push(`${seated.length} of ${raters.length} were seated`);
  wrong.push(...(await listOverCap(db, projectId, seated.length)));
  await giveAllBack(seated);
  const second = await claimAll(
    first.filter(({ sittingId }) => sittingId === null).map(({ who }) => who),
  );
  const starved = second.filter(({ sittingId }) => sittingId === null);
  if (starved.length > 0) wrong.push(`${starved.length} raters starved`);
  wrong.push(...(await listOverCap(db, projectId, second.length - starved.length)));
  await giveAllBack(second);
  return wrong;
}

type Claimed = { who: MemberContext; sittingId: string | null };

const claimAll = (raters: readonly MemberContext[]): Promise<Claimed[]> =>
  Promise.all(
    raters.map(async (who) => {
      const claimed = await claimNextSeat(who);
      return { who, sittingId: claimed && "sittingId" in claimed ? claimed.sittingId : null };
    }),
  );

async function giveAllBack(claimed: readonly Claimed[]): Promise<void> {
  await Promise.all(
    claimed.map(({ who, sittingId }) => (sittingId ? giveBack(who, { sittingId }) : null)),
  );
}

/** Grids with more than three who sit there, and raters who were told of a seat that is not theirs. */
async function listOverCap(db: Db, projectId: string, seated: number): Promise<string[]> {
  const [row] = await db.execute<{ over: number; held: number }>(sql`
    select (select count(*)::int from (select grid_id from sitting where project_id = ${projectId} and state = 'live'
        group by grid_id having count(*) > 3) crowded) as over,
      (select count(*)::int from seat join sitting s on s.id = seat.sitting_id
        where seat.project_id = ${projectId} and s.state = 'live') as held`);
  const wrong = [];
  if (row!.over > 0) wrong.push(`${row!.over} grids over the cap`);
  if (row!.held !== seated) wrong.push(`${seated} were told that they sit, ${row!.held} do`);
  return wrong;
}

/** Eight tabs of one rater claim at once; answers how many sittings they were given. */
export async function raceForSitting(who: MemberContext): Promise<number> {
  const tabs = await Promise.all(Array.from({ length: 8 }, () => claimSitting(who)));
  return new Set(tabs).size;
}
