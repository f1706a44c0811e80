import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { images, judgeTasks, renders, runRenders, scorings } from "@/db/schema";
import { findSubject } from "./find-subject";
import { listScoreEndpoints } from "./list-score-endpoints";
import type { ScoredSubject } from "./schemas";

export type ShownScoring = Awaited<ReturnType<typeof showScoring>>;

/** What a run's or a comparison's images were and can be scored with, and how far that is. */
export async function showScoring(db: DbOrTx, projectId: string, { of }: { of: ScoredSubject }) {
  const subject = await findSubject(db, projectId, of);
  const [endpoints, finished, asked] = await Promise.all([
    listScoreEndpoints(db),
    countFinished(db, subject.runIds),
    db
      .select({
        number: scorings.number,
        endpoint: scorings.endpointName,
        scorers: scorings.scorers,
        state: scorings.state,
        done: countOf("'done'"),
        failed: countOf("'failed'"),
        open: countOf("'queued', 'leased'"),
        reason: sql<
          string | null
        >`max(${judgeTasks.reason}) filter (where ${judgeTasks.state} = 'failed')`,
      })
      .from(scorings)
      .leftJoin(judgeTasks, eq(judgeTasks.scoringId, scorings.id))
      .where(
        and(
          eq(scorings.projectId, projectId),
          subject.runId
            ? eq(scorings.runId, subject.runId)
            : eq(scorings.repairId, subject.repairId ?? ""),
        ),
      )
      .groupBy(scorings.id)
      .orderBy(desc(scorings.number))
      .limit(5),
  ]);
  return { endpoints, images: finished, asked };
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
