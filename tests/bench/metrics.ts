import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { metricFigures } from "@/db/schema";
import { reckonKept } from "@/server/figures/reckon-kept";
import { KEPT_METRICS } from "@/server/metrics/kept-metrics";
import { ShowMetrics } from "@/server/metrics/schemas";
import { showMetrics } from "@/server/metrics/show-metrics";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import "@/tests/support/web-environment";
import { withBenchDatabase } from "./bench-database";
import { times } from "./deaf-times";

// `npm run bench:metrics`: the metrics page by how many rated images two scorers scored (four measures): what the worker takes for all
// figures, what the page takes once they are kept, and how long either process is deaf to others at a stretch meanwhile.
const SIZES = [1000, 10_000, 100_000] as const;
const SCORERS = 2;
const IMAGES_A_GRID = 20;
const WORKER_ROUNDS = 1;

await withBenchDatabase(async (db) => {
  for (const size of SIZES) console.log(JSON.stringify(await measure(db, size)));
});

async function measure(db: Db, images: number) {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  await fill(db, projectId, images / IMAGES_A_GRID);
  const asked = ShowMetrics.parse({});
  await showMetrics(owner, asked);
  const [wanted] = await db
    .select({ figuresId: metricFigures.id })
    .from(metricFigures)
    .where(eq(metricFigures.projectId, projectId));
  const reckon = () => reckonKept(db, KEPT_METRICS, wanted?.figuresId ?? "");
  const worker = await times(reckon, WORKER_ROUNDS);
  const page = await times(() => showMetrics(owner, asked));
  const { metrics, isStale } = await showMetrics(owner, asked);
  if (isStale || metrics?.measures[0]?.all.images !== images) {
    throw new Error("The page did not show what is kept");
  }
  return {
    images,
    measures: metrics.measures.length,
    draws: metrics.bootstrap.draws,
    pageMs: page.tookMs,
    pageDeafMs: page.deafMs,
    pageKB: Math.round(JSON.stringify(metrics).length / 1024),
    workerMs: worker.tookMs,
    workerDeafMs: worker.deafMs,
  };
}

/** Copies of one grid with images of their own, each for a pair of its own, judged by one person and scored in full. */
async function fill(db: Db, projectId: string, grids: number) {
  const made = await makeGrid(db, { projectId });
  const rater = await makeMember(db, { projectId, role: "expert" });
  await db.transaction(async (tx) => {
    // Counters and foreign keys have nothing to say here, and would take minutes.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`create temp table copy on commit drop as
      select gen_random_uuid() as pair_id, gen_random_uuid() as grid_id, gen_random_uuid() as sitting_id, n,
        floor(random() * 21)::int as correct from generate_series(1, ${grids}::int) n`);
    await tx.execute(sql`create temp table cell on commit drop as
      select c.*, gen_random_uuid() as image_id, place from copy c cross join generate_series(0, ${IMAGES_A_GRID - 1}::int) place`);
    await tx.execute(sql`insert into pair (id, project_id, pattern_id, concept_a, concept_b, key, phase, origin, state, stage)
      select c.pair_id, p.project_id, p.pattern_id, p.concept_a, p.concept_b, c.pair_id::text, 1, p.origin, p.state, p.stage
      from pair p, copy c where p.id = ${made.pairId}`);
    await tx.execute(sql`insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, purpose, raters)
      select c.grid_id, g.project_id, c.pair_id, g.generator_revision_id, g.prompt_set_id, g.seed_set_id, g.purpose, 1
      from grid g, copy c where g.id = ${made.gridId}`);
    await tx.execute(sql`insert into image (id, project_id, render_id, position, seed, sha256)
      select c.image_id, i.project_id, i.render_id, 100 * c.n + c.place, i.seed, i.sha256
      from cell c cross join (select * from image where id = ${made.imageIds[0]}) i`);
    await tx.execute(
      sql`insert into grid_image (grid_id, position, image_id) select grid_id, place, image_id from cell`,
    );
    await tx.execute(sql`insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at)
      select sitting_id, ${projectId}::uuid, grid_id, ${rater.viewer.accountId}::uuid, 'submitted', now() from copy`);
    await tx.execute(sql`insert into seat (id, project_id, grid_id, number, sitting_id, completed_at)
      select gen_random_uuid(), ${projectId}::uuid, grid_id, 1, sitting_id, now() from copy`);
    await tx.execute(sql`insert into verdict (sitting_id, image_id, verdict, event_id, client_seq)
      select sitting_id, image_id, case when place < correct then 'correct' else 'incorrect' end::verdict_value, gen_random_uuid(), place
      from cell`);
    await tx.execute(sql`insert into level (id, project_id, grid_id, source, sitting_id, rule_version, mode, correct, rated, level, low, high)
      select gen_random_uuid(), ${projectId}::uuid, grid_id, 'rater', sitting_id, 1, 'full', correct, 20, 5 - ceil(correct / 5.0)::int, 0, 1
      from copy`);
    for (let scorer = 0; scorer < SCORERS; scorer += 1) {
      await tx.execute(sql`with made as (
          insert into scorer (id, project_id, name, version, model, model_revision, weights_hash, settings, content_hash)
          values (gen_random_uuid(), ${projectId}::uuid, ${`scorer ${scorer}`}, '1', 'tiny', 'local', 'f', '{}', repeat(${`${scorer}`}, 64))
          returning id)
        insert into score (id, project_id, image_id, scorer_id, name, text, value, steered_method)
        select gen_random_uuid(), ${projectId}::uuid, c.image_id, made.id, of.name::score_name, of.name,
          random() + case when place < correct then .3 else 0 end, false
        from cell c cross join made cross join (values ('prompt'), ('concept_a'), ('concept_b')) of (name)`);
    }
  });
  await db.execute(sql`vacuum analyze`);
}
