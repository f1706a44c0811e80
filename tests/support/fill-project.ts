import type { Sql } from "postgres";
import { connect } from "@/db/client";
import { proposersInUse } from "@/server/mining/proposers-in-use";
import { insertProject } from "@/server/project/insert-project";

const PATTERNS = 20;
// What waits for people hangs on how many they are, not on how much a project has behind it.
const TO_REVIEW = 100;
const TO_DRAW = 50;
const BATCH = 20;

/**
 * A project with this many pairs: nearly all rated, some to review and to draw, in batches of 20. Made by the
 * database, with every trigger that keeps counters firing.
 */
export async function fillProject(
  databaseUrl: string,
  { accountId, pairs }: { accountId: string; pairs: number },
): Promise<{ projectId: string; slug: string }> {
  const { db, sql, close } = connect(databaseUrl, { max: 2 });
  const { id: projectId, slug } = await db.transaction((tx) =>
    insertProject(tx, { accountId, name: `With ${pairs} pairs` }),
  );
  const { direct: proposer } = await proposersInUse(db);
  await fillMining(sql, { projectId, proposer, pairs });
  await fillLevels(sql, { projectId, accountId });
  await sql`analyze`;
  await close();
  return { projectId, slug };
}

type Filled = { projectId: string; proposer: string; pairs: number };

async function fillMining(sql: Sql, { projectId, proposer, pairs }: Filled): Promise<void> {
  await sql`
    insert into pattern (id, project_id, name, name_key, category, phase, returned, fresh)
    select gen_random_uuid(), ${projectId}, 'Pattern ' || n, 'pattern ' || n, 'lcmis', case when n > 16 then 3 else 1 end,
      ${Math.round(pairs / PATTERNS)}, ${Math.round(pairs / PATTERNS / 2)}
    from generate_series(1, ${PATTERNS}::int) n`;
  await sql`
    insert into batch (id, project_id, pattern_id, number, proposer, state, asked, returned, fresh, judged, seed, finished_at)
    select gen_random_uuid(), ${projectId}, p.id, n, ${proposer}, 'done', ${BATCH}::int, ${BATCH}::int, 10, ${BATCH}::int, 1, now()
    from pattern p, generate_series(1, ${Math.ceil(pairs / PATTERNS / BATCH)}::int) n where p.project_id = ${projectId}`;
  await sql`
    insert into saturation (project_id, pattern_id, proposer, proposals, "distinct", once, twice)
    select ${projectId}, id, ${proposer}, ${pairs}, 10, 5, 2 from pattern where project_id = ${projectId}`;
  await sql`
    insert into pair (id, project_id, pattern_id, concept_a, concept_b, key, phase, origin, state, stage, prompts_state)
    select gen_random_uuid(), ${projectId}, p.ids[1 + n % ${PATTERNS}::int], 'concept ' || n, 'vessel ' || n,
      'concept ' || n || '|vessel ' || n, 1 + n % 4, case when n % 4 = 0 then 'human' else 'llm' end::pair_origin,
      case when n <= ${TO_REVIEW}::int then 'proposed' else 'accepted' end::pair_state,
      case when n <= ${TO_REVIEW}::int then null when n <= ${TO_REVIEW + TO_DRAW}::int then 'grid' else 'rated' end::pair_stage,
      case when n > ${TO_REVIEW}::int then 'done' end::work_state
    from generate_series(1, ${pairs}::int) n,
      (select array_agg(id) as ids from pattern where project_id = ${projectId}) p`;
}

/** Grids, sittings and Levels of one person; the guards that look at verdicts are left out, the counters are not. */
async function fillLevels(
  sql: Sql,
  { projectId, accountId }: { projectId: string; accountId: string },
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, protocol_version, purpose, state)
      select gen_random_uuid(), ${projectId}, p.id, r.id, gen_random_uuid(), s.id, 1, 'mining', 'closed'
      from pair p, generator_revision r, seed_set s
      where p.project_id = ${projectId} and p.stage = 'rated' and r.project_id = ${projectId} and s.project_id = ${projectId}
        and s.purpose = 'mining'`;
    await tx`
      insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at, active_ms)
      select gen_random_uuid(), ${projectId}, id, ${accountId}, 'submitted', now(), 42000 from grid where project_id = ${projectId}`;
    await tx`
      insert into level (id, project_id, grid_id, source, sitting_id, rule_version, mode, correct, rated, level, low, high)
      select gen_random_uuid(), ${projectId}, grid_id, 'rater', id, 1, 'full', c, 20, 5 - ceil(c / 5.0)::int, 0, 1
      from (select id, grid_id, row_number() over ()::int % 21 as c from sitting where project_id = ${projectId}) rated`;
  });
  await sql`
    insert into pair_level (pair_id, generator_revision_id, judge, project_id, pattern_id, phase, level_id, grid_id, mode, level, correct, rated, at)
    select p.id, g.generator_revision_id, 'human', ${projectId}, p.pattern_id, p.phase, l.id, g.id, 'full', l.level, l.correct, 20, now()
    from level l join grid g on g.id = l.grid_id join pair p on p.id = g.pair_id where l.project_id = ${projectId}`;
}
