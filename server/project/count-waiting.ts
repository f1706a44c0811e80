import { and, eq, exists, isNull, ne, notExists, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  batches,
  consensuses,
  inquiries,
  pairCounts,
  pairs,
  promptSets,
  quickLooks,
  renders,
  runPairs,
  runs,
} from "@/db/schema";
import { countUpTo } from "@/server/core/count-up-to";
import { countAsks } from "@/server/loop/read-asks";
import { countOpen } from "@/server/rating/count-queue";
import { MOST_COUNTED, type Waiting } from "./domain/next-step";

export type ProjectWaiting = Waiting & {
  failedRenders: number;
  openRenders: number;
  promptsUnderWay: number;
  askedBatches: number;
  /** Grids on which raters are equally divided: somebody has to have the last word. */
  toSettle: number;
};

type Who = { projectId: string; accountId: string };

/** What stands still until a person acts, and what is going on by itself. */
export async function countWaiting(db: DbOrTx, who: Who): Promise<ProjectWaiting> {
  const { projectId } = who;
  const [
    ofPairs,
    prompts,
    asked,
    toRender,
    open,
    failedRenders,
    quickLooksReady,
    toRate,
    asks,
    toSettle,
  ] = await Promise.all([
    sumPairs(db, projectId),
    countPrompts(db, projectId),
    countQuestions(db, projectId),
    countToRender(db, projectId),
    countRenders(db, projectId, sql`'queued', 'leased'`),
    countRenders(db, projectId, sql`'failed'`),
    countQuickLooks(db, projectId),
    countOpen(db, { projectId, raterId: who.accountId }, MOST_COUNTED),
    countAsks(db, projectId),
    countToSettle(db, projectId),
  ]);
  return {
    ...ofPairs,
    stuck: prompts.stuck + asked.stuck,
    toRender,
    underWay: prompts.underWay + open,
    promptsUnderWay: prompts.underWay,
    quickLooks: quickLooksReady,
    toRate,
    asks,
    failedRenders,
    openRenders: open,
    askedBatches: asked.underWay,
    toSettle,
  };
}

async function sumPairs(db: DbOrTx, projectId: string) {
  const sum = (condition: SQL) =>
    sql<number>`coalesce(sum(${pairCounts.pairs}) filter (where ${condition}), 0)`.mapWith(Number);
  const [row] = await db
    .select({
      pairs: sum(sql`${pairCounts.state} <> 'rejected'`),
      toReview: sum(sql`${pairCounts.state} = 'proposed'`),
    })
    .from(pairCounts)
    .where(eq(pairCounts.projectId, projectId));
  return row ?? { pairs: 0, toReview: 0 };
}

const one = { one: sql`1` };

// The states stand in the queries as words: a parameter would hide from the planner that a small index serves.
const promptsIn = (states: SQL) => sql`${pairs.promptsState} in (${states})`;
// What a budget holds is no puzzle for a person: it goes on when the budget is raised.
const STUCK = sql`'waiting'`;
const UNDER_WAY = sql`'queued', 'running'`;
const IS_UNDRAWN = sql`${pairs.state} = 'accepted' and (${pairs.stage} is null or ${pairs.stage} in ('prompts', 'grid'))`;

async function countPrompts(db: DbOrTx, projectId: string) {
  const countIn = (states: SQL, besides?: SQL) =>
    countUpTo(
      db,
      MOST_COUNTED,
      db
        .select(one)
        .from(pairs)
        .where(
          and(
            eq(pairs.projectId, projectId),
            eq(pairs.state, "accepted"),
            promptsIn(states),
            besides,
          ),
        ),
    );
  const [stuck, underWay] = await Promise.all([
    countIn(STUCK, isNull(pairs.promptsHeldBy)),
    countIn(UNDER_WAY),
  ]);
  return { stuck, underWay };
}

/** Batches and the LLM's other questions: those that go on, and those that a person has to look at. */
async function countQuestions(db: DbOrTx, projectId: string) {
  const countIn = async (states: SQL, withoutHeld: boolean) => {
    const counts = await Promise.all(
      [batches, inquiries].map((asked) => {
        const isThere = and(eq(asked.projectId, projectId), sql`${asked.state} in (${states})`);
        const rows = db
          .select(one)
          .from(asked)
          .where(and(isThere, withoutHeld ? isNull(asked.heldBy) : undefined));
        return countUpTo(db, MOST_COUNTED, rows);
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const [stuck, underWay] = await Promise.all([countIn(STUCK, true), countIn(UNDER_WAY, false)]);
  return { stuck, underWay };
}

/** Accepted, with prompts, in no run that stands. */
function countToRender(db: DbOrTx, projectId: string): Promise<number> {
  const hasPrompts = exists(db.select(one).from(promptSets).where(eq(promptSets.pairId, pairs.id)));
  const inRun = db
    .select(one)
    .from(runPairs)
    .innerJoin(runs, eq(runs.id, runPairs.runId))
    .where(and(eq(runPairs.pairId, pairs.id), ne(runs.state, "cancelled")));
  const rows = db
    .select(one)
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), IS_UNDRAWN, hasPrompts, notExists(inRun)));
  return countUpTo(db, MOST_COUNTED, rows);
}

function countRenders(db: DbOrTx, projectId: string, states: SQL): Promise<number> {
  const rows = db
    .select(one)
    .from(renders)
    .where(and(eq(renders.projectId, projectId), sql`${renders.state} in (${states})`));
  return countUpTo(db, MOST_COUNTED, rows);
}

function countQuickLooks(db: DbOrTx, projectId: string): Promise<number> {
  // The screen does not offer the look at a pair that was set aside meanwhile.
  const isAside = db
    .select(one)
    .from(pairs)
    .where(and(eq(pairs.id, quickLooks.pairId), ne(pairs.state, "accepted")));
  const isReady = and(eq(quickLooks.projectId, projectId), eq(quickLooks.state, "ready"));
  const rows = db
    .select(one)
    .from(quickLooks)
    .where(and(isReady, notExists(isAside)));
  return countUpTo(db, MOST_COUNTED, rows);
}

function countToSettle(db: DbOrTx, projectId: string): Promise<number> {
  const rows = db
    .select(one)
    .from(consensuses)
    .where(
      and(
        eq(consensuses.projectId, projectId),
        sql`${consensuses.open} > 0`,
        eq(consensuses.judge, "human"),
      ),
    );
  return countUpTo(db, MOST_COUNTED, rows);
}

/** How many proposals wait for a decision; the number on the Pairs tab. */
export async function countToReview(db: DbOrTx, projectId: string): Promise<number> {
  const { toReview } = await sumPairs(db, projectId);
  return toReview;
}
