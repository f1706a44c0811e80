import { and, count, eq, exists, ne, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, pairs, promptSets, renders, runPairs, runs } from "@/db/schema";
import { countQueue } from "@/server/rating/count-queue";
import type { Waiting } from "./domain/next-step";

export type ProjectWaiting = Waiting & {
  failedRenders: number;
  openRenders: number;
  promptsUnderWay: number;
  askedBatches: number;
};

type Who = { projectId: string; accountId: string };

/** What stands still until a person acts, and what is going on by itself. */
export async function countWaiting(db: DbOrTx, who: Who): Promise<ProjectWaiting> {
  const [ofPairs, ofBatches, ofRenders, toRate] = await Promise.all([
    countPairStates(db, who.projectId),
    countBatches(db, who.projectId),
    countRenders(db, who.projectId),
    countGridsToRate(db, who),
  ]);
  return {
    pairs: ofPairs.pairs,
    toReview: ofPairs.toReview,
    stuck: ofPairs.stuckPrompts + ofBatches.stuck,
    toRender: ofPairs.toRender,
    underWay: ofPairs.promptsUnderWay + ofRenders.open,
    promptsUnderWay: ofPairs.promptsUnderWay,
    toRate,
    failedRenders: ofRenders.failed,
    openRenders: ofRenders.open,
    askedBatches: ofBatches.asked,
  };
}

const filtered = (condition: ReturnType<typeof sql>) =>
  sql<number>`count(*) filter (where ${condition})`.mapWith(Number);

async function countPairStates(db: DbOrTx, projectId: string) {
  const hasPrompts = exists(
    db.select({ one: sql`1` }).from(promptSets).where(eq(promptSets.pairId, pairs.id)),
  );
  const isInRun = exists(
    db
      .select({ one: sql`1` })
      .from(runPairs)
      .innerJoin(runs, eq(runs.id, runPairs.runId))
      .where(and(eq(runPairs.pairId, pairs.id), ne(runs.state, "cancelled"))),
  );
  const isAccepted = sql`${pairs.state} = 'accepted'`;
  const [row] = await db
    .select({
      pairs: filtered(sql`${pairs.state} <> 'rejected'`),
      toReview: filtered(sql`${pairs.state} = 'proposed'`),
      stuckPrompts: filtered(sql`${isAccepted} and ${pairs.promptsState} = 'waiting'`),
      toRender: filtered(sql`${isAccepted} and ${hasPrompts} and not ${isInRun}`),
      promptsUnderWay: filtered(
        sql`${isAccepted} and ${pairs.promptsState} in ('queued', 'running')`,
      ),
    })
    .from(pairs)
    .where(eq(pairs.projectId, projectId));
  return row ?? { pairs: 0, toReview: 0, stuckPrompts: 0, toRender: 0, promptsUnderWay: 0 };
}

async function countBatches(db: DbOrTx, projectId: string) {
  const [row] = await db
    .select({
      stuck: filtered(sql`${batches.state} = 'waiting'`),
      asked: filtered(sql`${batches.state} in ('queued', 'running')`),
    })
    .from(batches)
    .where(eq(batches.projectId, projectId));
  return row ?? { stuck: 0, asked: 0 };
}

async function countRenders(db: DbOrTx, projectId: string) {
  const [row] = await db
    .select({
      failed: filtered(sql`${renders.state} = 'failed'`),
      open: filtered(sql`${renders.state} in ('queued', 'leased')`),
    })
    .from(renders)
    .where(eq(renders.projectId, projectId));
  return row ?? { failed: 0, open: 0 };
}

/** The same count as on the rater's own queue. */
async function countGridsToRate(db: DbOrTx, { projectId, accountId }: Who): Promise<number> {
  const { open } = await countQueue(db, { projectId, raterId: accountId });
  return open;
}

/** How many proposals wait for a decision; the number on the Pairs tab. */
export async function countToReview(db: DbOrTx, projectId: string): Promise<number> {
  const [row] = await db
    .select({ waiting: count() })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), eq(pairs.state, "proposed")));
  return row?.waiting ?? 0;
}
