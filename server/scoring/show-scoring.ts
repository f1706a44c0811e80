import { and, count, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { images, judgeTasks, renders, runRenders, runs, scorings } from "@/db/schema";
import { findSubject, type Subject } from "./find-subject";
import { listScoreEndpoints } from "./list-score-endpoints";
import type { ScoredSubject } from "./schemas";

export type ShownScoring = Awaited<ReturnType<typeof showScoring>>;

/** What a run's or a comparison's images were and can be scored with, and how far that is. */
export async function showScoring(db: DbOrTx, projectId: string, { of }: { of: ScoredSubject }) {
  const subject = await findSubject(db, projectId, of);
  const [endpoints, finished, asked] = await Promise.all([
    listScoreEndpoints(db),
    countFinished(db, subject.runIds),
    listAsked(db, projectId, subject),
  ]);
  return { endpoints, images: finished, asked };
}

/**
 * The newest; of a comparison also those of its runs alone, as nobody asks for a comparison by itself. Each run may have begun
 * one unasked: so many more are listed, lest they push out what people asked for.
 */
function listAsked(db: DbOrTx, projectId: string, { repairId, runIds }: Subject) {
  const ofRuns = inArray(scorings.runId, runIds);
  return db
    .select({
      number: scorings.number,
      /** Whose images; null: those of the comparison. */
      run: runs.number,
      endpoint: scorings.endpointName,
      scorers: scorings.scorers,
      state: scorings.state,
      /** Nobody asked: the endpoint judges this model's images by itself. */
      isUnasked: sql<boolean>`${scorings.startedBy} is null`,
      done: countOf("'done'"),
      failed: countOf("'failed'"),
      open: countOf("'queued', 'leased'"),
      reason: sql<
        string | null
      >`max(${judgeTasks.reason}) filter (where ${judgeTasks.state} = 'failed')`,
    })
    .from(scorings)
    .leftJoin(runs, eq(runs.id, scorings.runId))
    .leftJoin(judgeTasks, eq(judgeTasks.scoringId, scorings.id))
    .where(
      and(
        eq(scorings.projectId, projectId),
        repairId ? or(eq(scorings.repairId, repairId), ofRuns) : ofRuns,
      ),
    )
    .groupBy(scorings.id, runs.number)
    .orderBy(desc(scorings.number))
    .limit(4 + runIds.length);
}

const countOf = (states: string) =>
  sql<number>`count(*) filter (where ${judgeTasks.state} in (${sql.raw(states)}))`.mapWith(Number);

async function countFinished(db: DbOrTx, runIds: readonly string[]): Promise<number> {
  const [found] = await db
    .select({ images: count(images.id) })
    .from(images)
    .where(
      inArray(
        images.renderId,
        db
          .select({ id: renders.id })
          .from(runRenders)
          .innerJoin(renders, and(eq(renders.id, runRenders.renderId), eq(renders.state, "done")))
          .where(
            and(inArray(runRenders.runId, [...runIds]), sql`${runRenders.pairId} is not null`),
          ),
      ),
    );
  return found?.images ?? 0;
}
