import { sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { withTestDatabase } from "@/scripts/lib/test-database.mjs";
import { claimSeats } from "@/server/rating/claim-next-seat";
import { countQueue } from "@/server/rating/count-queue";
import { giveBack } from "@/server/rating/give-back";
import { showProgress } from "@/server/rating/show-progress";
import { openStage } from "@/tests/support/rating-stage";

// `npm run bench:queue`: a claim of three grids, "x of N" and the researcher's progress in a project of 10^3 images and in
// one of 10^6 (three seats a grid, half of them done, by ten raters), in turn on one database. Goal: p95 at most 1.3 times.
const SMALL = 50;
const LARGE = 50_000;
const ROUNDS = 60;
const WARM_UP = 5;

async function fill(db: Db, n: number) {
  const stage = await openStage(db, { grids: 1, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 10 }, stage.rater));
  const ids = raters.map((r) => r.viewer.accountId);
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(
      sql`create temp table made on commit drop as select teacup_uuidv7() as id, n from generate_series(1, ${n}::int) n`,
    );
    await tx.execute(sql`insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, protocol_version, round, purpose, raters, state, seats_open, seats_done, seats_free)
      select m.id, g.project_id, g.pair_id, g.generator_revision_id, g.prompt_set_id, g.seed_set_id, m.n + 1, 1, g.purpose, 3,
       (case when m.n % 4 < 2 then 'closed' else 'open' end)::grid_state, case when m.n % 4 < 2 then 0 when m.n % 4 = 2 then 2 else 3 end,
       case when m.n % 4 < 2 then 3 when m.n % 4 = 2 then 1 else 0 end, case when m.n % 4 < 2 then 0 when m.n % 4 = 2 then 2 else 3 end
      from grid g cross join made m where g.id = ${stage.grids[0]!.gridId}`);
    await tx.execute(sql`insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at, active_ms)
      select gen_random_uuid(), ${stage.projectId}, m.id, (${sql.param(ids)}::uuid[])[1 + (m.n + k) % 10], 'submitted', now() - m.n * interval '1 second', 60000
      from made m cross join generate_series(1, 3) k where m.n % 4 < 2 or (m.n % 4 = 2 and k = 1)`);
    await tx.execute(sql`insert into seat (id, project_id, grid_id, number, sitting_id, completed_at)
      select gen_random_uuid(), ${stage.projectId}, m.id, k, s.id, case when s.id is null then null else now() end
      from made m cross join generate_series(1, 3) k
      left join lateral (select id from sitting where grid_id = m.id order by id offset k - 1 limit 1) s on true`);
    await tx.execute(sql`delete from rating_count where project_id = ${stage.projectId}`);
    await tx.execute(
      sql`insert into rating_count select * from rating_recount where project_id = ${stage.projectId}`,
    );
  });
  await db.execute(sql`analyze`);
  return { ...stage, raters };
}

type Stage = Awaited<ReturnType<typeof fill>>;
const VERBS = {
  claim: (_: Stage, who: Stage["researcher"]) => claimSeats(who, [], 3),
  queue: (stage: Stage, who: Stage["researcher"]) =>
    countQueue(who.db, { projectId: stage.projectId, raterId: who.viewer.accountId }),
  progress: (stage: Stage) => showProgress(stage.researcher),
};
type Verb = keyof typeof VERBS;

/** One turn at a project: each verb once, then everything is given back. */
async function turn(stage: Stage, round: number, times: Record<Verb, number[]>): Promise<void> {
  const who = stage.raters[round % stage.raters.length]!;
  for (const verb of Object.keys(VERBS) as Verb[]) {
    const startedAt = performance.now();
    await VERBS[verb](stage, who);
    if (round >= WARM_UP) times[verb].push(performance.now() - startedAt);
  }
  const { sittingIds } = await claimSeats(who, [], 3);
  for (const sittingId of sittingIds) await giveBack(who, { sittingId });
}

const p95 = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;

async function measure(db: Db) {
  const small = { stage: await fill(db, SMALL), times: { claim: [], queue: [], progress: [] } };
  const large = { stage: await fill(db, LARGE), times: { claim: [], queue: [], progress: [] } };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { stage, times } of [small, large, large, small]) await turn(stage, round, times);
  return Object.fromEntries(
    (Object.keys(VERBS) as Verb[]).map((verb) => {
      const [few, many] = [p95(small.times[verb]), p95(large.times[verb])];
      return [verb, { p95AtSmallMs: few, p95AtLargeMs: many, ratio: many / few }];
    }),
  );
}

await withTestDatabase(async (url: string) => {
  process.env.DATABASE_URL = url;
  await migrateDatabase(url);
  const { db, close } = connect(url, { max: 4 });
  try {
    console.log(JSON.stringify(await measure(db), null, 2));
  } finally {
    await close();
  }
});
