import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { agreementFigures } from "@/db/schema";
import { KEPT_AGREEMENT } from "@/server/agreement/kept-agreement";
import { ShowAgreement } from "@/server/agreement/schemas";
import { showAgreement } from "@/server/agreement/show-agreement";
import { reckonKept } from "@/server/figures/reckon-kept";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import "@/tests/support/web-environment";
import { withBenchDatabase } from "./bench-database";
import { times } from "./deaf-times";

// `npm run bench:agreement`: the agreement page by how many grids three raters judged: what the worker takes for all
// figures, what the page takes once they are kept, and how long either process is deaf to others at a stretch meanwhile.
const SIZES = [100, 1000, 10_000] as const;
const RATERS = 3;

await withBenchDatabase(async (db) => {
  for (const size of SIZES) console.log(JSON.stringify(await measure(db, size)));
});

async function measure(db: Db, size: number) {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  await fill(db, projectId, size);
  const asked = ShowAgreement.parse({});
  await showAgreement(owner, asked);
  const [wanted] = await db
    .select({ figuresId: agreementFigures.id })
    .from(agreementFigures)
    .where(eq(agreementFigures.projectId, projectId));
  const reckon = () => reckonKept(db, KEPT_AGREEMENT, wanted?.figuresId ?? "");
  const worker = await times(reckon);
  const page = await times(() => showAgreement(owner, asked));
  const shown = await showAgreement(owner, asked);
  if (shown.isStale || !shown.figures) throw new Error("The page did not show what is kept");
  return {
    grids: size,
    raters: RATERS,
    verdicts: size * RATERS * 20,
    pageMs: page.tookMs,
    pageDeafMs: page.deafMs,
    pageKB: Math.round(JSON.stringify(shown).length / 1024),
    workerMs: worker.tookMs,
    workerDeafMs: worker.deafMs,
  };
}

/** Copies of one grid, each for a pair of its own; three raters judge them with errors of a few percent. */
async function fill(db: Db, projectId: string, size: number) {
  const made = await makeGrid(db, { projectId });
  for (let rater = 0; rater < RATERS; rater += 1)
    await makeMember(db, { projectId, role: "expert" });
  await db.transaction(async (tx) => {
    // Counters and foreign keys have nothing to say here, and would take minutes.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`create temp table copy on commit drop as
      select gen_random_uuid() as pair_id, gen_random_uuid() as set_id, gen_random_uuid() as grid_id, n, random() ^ 3 as rate
      from generate_series(1, ${size}::int) n`);
    await tx.execute(sql`insert into pair (id, project_id, pattern_id, concept_a, concept_b, key, phase, origin, state, stage)
      select c.pair_id, p.project_id, p.pattern_id, p.concept_a, p.concept_b, c.pair_id::text, 1, p.origin, p.state, p.stage
      from pair p, copy c where p.id = ${made.pairId}`);
    await tx.execute(sql`insert into prompt_set (id, project_id, pair_id, number)
      select set_id, ${projectId}::uuid, pair_id, 1 from copy`);
    await tx.execute(sql`insert into prompt_set_prompt (prompt_set_id, position, prompt_id)
      select c.set_id, s.position, s.prompt_id from copy c, grid g join prompt_set_prompt s on s.prompt_set_id = g.prompt_set_id
      where g.id = ${made.gridId}`);
    await tx.execute(sql`insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, purpose, raters)
      select c.grid_id, g.project_id, c.pair_id, g.generator_revision_id, c.set_id, g.seed_set_id, g.purpose, ${RATERS}
      from grid g, copy c where g.id = ${made.gridId}`);
    await tx.execute(sql`insert into grid_image (grid_id, position, image_id)
      select c.grid_id, i.position, i.image_id from copy c, grid_image i where i.grid_id = ${made.gridId}`);
    await tx.execute(sql`insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at)
      select gen_random_uuid(), ${projectId}::uuid, c.grid_id, m.account_id, 'submitted', now() + c.n * interval '1 minute'
      from copy c, membership m where m.project_id = ${projectId} and m.role = 'expert'`);
    await tx.execute(sql`insert into verdict (sitting_id, image_id, verdict, event_id, client_seq)
      select s.id, i.image_id,
        case when ((hashtext(c.grid_id::text || i.position) & 1023) / 1024.0 < c.rate) <> (random() < .04) then 'correct' else 'incorrect' end::verdict_value,
        gen_random_uuid(), i.position
      from copy c join sitting s on s.grid_id = c.grid_id join grid_image i on i.grid_id = c.grid_id`);
  });
  await db.execute(sql`vacuum analyze`);
}
