import { eq, sql } from "drizzle-orm";
import { budgets, phases } from "@/db/schema";
import type { World } from "./loop-happenings";

/** No phase without a person's button. */
export async function checkPhases({ db, ctx, pressed }: World): Promise<void> {
  const { projectId } = ctx.member;
  const open = await db.select().from(phases).where(eq(phases.projectId, projectId));
  for (const { number, state } of open) {
    if (number > 2 && (state === "open" || state === "paused") && !pressed.has(number))
      throw new Error(`Phase ${number} is ${state}, and nobody opened it`);
  }
}

/** Nothing is begun past a limit. One that was set below what is spent lets what goes on be finished. */
export async function checkBudgets({ db, ctx, spent }: World): Promise<void> {
  const held = await db.select().from(budgets).where(eq(budgets.projectId, ctx.member.projectId));
  for (const { kind, limit, reserved, settled } of held) {
    const now = reserved + settled;
    if (limit !== null && now > limit && now > (spent.get(kind) ?? 0))
      throw new Error(`The ${kind} budget is passed: ${now} of ${limit}`);
    spent.set(kind, now);
  }
}

/** Every counter equals a recount of what it counts, and no pair is there twice. */
export async function checkCounters({ db, ctx }: World): Promise<void> {
  const { projectId } = ctx.member;
  for (const [what, query] of Object.entries(RECOUNTS)) {
    const drift = await db.execute(query(projectId));
    if (drift.length > 0) throw new Error(`${what} drifted: ${JSON.stringify(drift[0])}`);
  }
}

type Query = ReturnType<typeof sql>;

/** Rows that only one of the two has: what is counted too much as well as what is missing. */
const differing = (kept: Query, counted: Query): Query =>
  sql`(${kept} except ${counted}) union all (${counted} except ${kept})`;

const RECOUNTS: Record<string, (projectId: string) => Query> = {
  pair_count: (projectId) =>
    differing(
      sql`select pattern_id, phase, origin::text, state::text, stage, pairs from pair_count where project_id = ${projectId} and pairs <> 0`,
      sql`select pattern_id, phase, origin::text, state::text, coalesce(stage::text, ''), count(*)::int from pair
        where project_id = ${projectId} group by 1, 2, 3, 4, 5`,
    ),
  level_count: (projectId) =>
    differing(
      sql`select pattern_id, judge, mode, level, sum(pairs)::int from level_count where project_id = ${projectId} and pairs <> 0 group by 1, 2, 3, 4`,
      sql`select pattern_id, judge, mode, coalesce(level, 0), count(*)::int from pair_level where project_id = ${projectId} group by 1, 2, 3, 4`,
    ),
  saturation: (projectId) => sql`
    select s.pattern_id, s.proposer from saturation s
      left join proposal_tally t on t.pattern_id = s.pattern_id and t.proposer = s.proposer
      where s.project_id = ${projectId}
      group by s.pattern_id, s.proposer, s.proposals, s."distinct", s.once, s.twice
      having s.proposals <> coalesce(sum(t.times), 0) or s."distinct" <> count(t.key)
        or s.once <> count(*) filter (where t.times = 1) or s.twice <> count(*) filter (where t.times = 2)`,
  budget: (projectId) => sql`
    select b.kind from budget b left join budget_entry e on e.project_id = b.project_id and e.kind = b.kind
      where b.project_id = ${projectId} group by b.kind, b.reserved, b.settled
      having b.reserved <> coalesce(sum(e.reserved) filter (where e.settled is null), 0)
        or b.settled <> coalesce(sum(e.settled), 0)`,
  "pair key": (projectId) => sql`
    select key from pair where project_id = ${projectId} group by key having count(*) > 1`,
};
