import { asc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, ratingCounts } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { listRounds, type Round } from "./list-rounds";
import { readLevelCheck } from "./note-level-drift";

export type RaterProgress = {
  round: number;
  raterId: string;
  rater: string;
  isSimulated: boolean;
  /** Submitted in all: for a seat, as a repeat, gold or training. */
  done: number;
  seats: number;
  repeats: number;
  gold: number;
  training: number;
  cannotJudge: number;
  /** Submitted after the seat had gone to another; of `done`. */
  extra: number;
  /** null: nothing submitted. */
  shareExtra: number | null;
  activeMs: number;
  /** Median active seconds of the last 50 grids in this project; null before the first. */
  paceSeconds: number | null;
  /** From painted to submitted by the rater's own clock, pauses and all: the median of the same grids. */
  wallSeconds: number | null;
  lastSeen: Date | null;
};

/** How far each round is, and each rater in it. Read from counters: its price does not grow with what was rated. */
export async function showProgress({ db, member }: MemberContext): Promise<{
  rounds: Round[];
  raters: RaterProgress[];
  levelCheck: LevelCheckShown | null;
}> {
  const [rounds, raters, levelCheck] = await Promise.all([
    listRounds({ db, member }),
    listRaters(db, member.projectId),
    showLevelCheck(db, member.projectId),
  ]);
  return { rounds, raters, levelCheck };
}

/** What the daily comparison of Levels with their events found in this project; null before the first. */
export type LevelCheckShown = { at: Date; drift: DriftingGrid[] };
type DriftingGrid = { gridId: string; kept: string[]; follows: string[] };

async function showLevelCheck(db: DbOrTx, projectId: string): Promise<LevelCheckShown | null> {
  const check = await readLevelCheck(db);
  if (!check) return null;
  const drift = check.drift
    .filter((one) => one.projectId === projectId)
    .map(({ gridId, kept, follows }) => ({ gridId, kept, follows }));
  return { at: check.at, drift };
}

async function listRaters(db: DbOrTx, projectId: string): Promise<RaterProgress[]> {
  const [counted, last] = await Promise.all([readCounts(db, projectId), readLast(db, projectId)]);
  const lastOf = new Map(last.map((row) => [row.rater_id, row]));
  return counted.map((row) => {
    const newest = lastOf.get(row.raterId);
    const lastSeen = newest?.last_seen ?? null;
    return {
      ...row,
      shareExtra: row.done === 0 ? null : row.extra / row.done,
      paceSeconds: rounded(newest?.pace_seconds),
      wallSeconds: rounded(newest?.wall_seconds),
      lastSeen: lastSeen === null ? null : new Date(lastSeen),
    };
  });
}

const rounded = (seconds: number | null = null) => (seconds === null ? null : Math.round(seconds));

function readCounts(db: DbOrTx, projectId: string) {
  const sum = (field: string) =>
    sql<number>`coalesce(sum(${ratingCounts.n}) filter (where ${ratingCounts.field} = ${field}), 0)`.mapWith(
      Number,
    );
  return db
    .select({
      round: ratingCounts.round,
      raterId: accounts.id,
      rater: accounts.name,
      isSimulated: accounts.isSimulated,
      done: sum("done"),
      seats: sum("seat"),
      repeats: sum("repeat"),
      gold: sum("gold"),
      training: sum("training"),
      cannotJudge: sum("cannot_judge"),
      extra: sum("extra"),
      activeMs: sum("active_ms"),
    })
    .from(ratingCounts)
    .innerJoin(accounts, eq(accounts.id, ratingCounts.raterId))
    .where(eq(ratingCounts.projectId, projectId))
    .groupBy(ratingCounts.round, accounts.id)
    .orderBy(asc(ratingCounts.round), asc(accounts.name), asc(accounts.id));
}

type Last = {
  rater_id: string;
  pace_seconds: number | null;
  wall_seconds: number | null;
  last_seen: string | null;
};

/** The newest few of each rater, found by an index. */
const readLast = (db: DbOrTx, projectId: string) =>
  db.execute<Last>(sql`
    select r.rater_id, last_ones.pace_seconds, last_ones.wall_seconds, last_ones.last_seen
    from (select distinct rater_id from rating_count where project_id = ${projectId} and rater_id is not null) r
    cross join lateral (
      select percentile_cont(0.5) within group (order by active_ms / 1000.0) as pace_seconds,
        percentile_cont(0.5) within group (order by extract(epoch from client_submitted_at - painted_at)::float8) as wall_seconds,
        max(submitted_at) as last_seen
      from (select active_ms, painted_at, client_submitted_at, submitted_at from sitting s
        where s.project_id = ${projectId} and s.rater_id = r.rater_id and s.state = 'submitted'
        order by s.submitted_at desc, s.id desc limit 50) newest
    ) last_ones`);
