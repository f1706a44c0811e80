import { and, eq, inArray, max, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RenderState } from "@/db/enums";
import { insertMany } from "@/db/insert-many";
import { judgeTasks, runRenders, scorings } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { Subject } from "./find-subject";
import type { StartScoring } from "./schemas";
import { type ScorableRender, scoredRenders } from "./scored-renders";
import { settleScorings } from "./settle-scorings";

export type Asking = StartScoring & {
  projectId: string;
  subject: Subject;
  /** null: nobody asked, as the endpoint judges this model's images by itself. */
  startedBy: string | null;
};
export type Started = { number: number | null; tasks: number };

/**
 * Asks an endpoint about every finished image of the subject that it was not asked about before, and starts nothing where there is
 * none. Lock the project before calling.
 */
export async function askScorers(tx: Tx, asking: Asking): Promise<Started> {
  const { projectId, subject, of, endpoint, startedBy } = asking;
  const scorers = [...new Set(asking.scorers)].toSorted();
  const open = await openTasks(tx, asking, await scoredRenders(tx, subject.runIds, scorers));
  if (open.length === 0) return { number: null, tasks: 0 };
  const scoring = await insertScoring(tx, {
    projectId,
    subject,
    endpointName: endpoint,
    scorers,
    startedBy,
  });
  await insertTasks(tx, scoring, open);
  // Those that it took over may have been the last ones of an earlier one.
  await settleScorings(tx, projectId);
  await recordDecision(tx, {
    projectId,
    actorId: startedBy,
    action: "scoring.start",
    subjectId: scoring.id,
    payload: { number: scoring.number, of, endpoint, scorers, tasks: open.length },
  });
  await notifyLive(tx, { projectId, topic: "score", id: scoring.id });
  return { number: scoring.number, tasks: open.length };
}

/** Without those that are done or under way; what a person cancelled, only a person asks again. */
async function openTasks(
  tx: Tx,
  { subject, endpoint, startedBy }: Asking,
  wanted: readonly ScorableRender[],
): Promise<ScorableRender[]> {
  const left: RenderState[] = ["queued", "leased", "done"];
  if (startedBy === null) left.push("cancelled");
  const drawn = tx
    .select({ id: runRenders.renderId })
    .from(runRenders)
    .where(inArray(runRenders.runId, subject.runIds));
  const known = await tx
    .select({ renderId: judgeTasks.renderId, inputHash: judgeTasks.inputHash })
    .from(judgeTasks)
    .where(
      and(
        inArray(judgeTasks.renderId, drawn),
        eq(judgeTasks.endpointName, endpoint),
        inArray(judgeTasks.state, left),
      ),
    );
  const keys = new Set(known.map(keyOf));
  return wanted.filter((render) => !keys.has(keyOf(render)));
}

const keyOf = ({ renderId, inputHash }: { renderId: string; inputHash: string }) =>
  `${renderId} ${inputHash}`;

type NewScoring = Pick<
  typeof scorings.$inferInsert,
  "projectId" | "endpointName" | "scorers" | "startedBy"
> & { subject: Subject };
type Scoring = typeof scorings.$inferSelect;

async function insertScoring(tx: Tx, { subject, ...values }: NewScoring): Promise<Scoring> {
  const [last] = await tx
    .select({ number: max(scorings.number) })
    .from(scorings)
    .where(eq(scorings.projectId, values.projectId));
  const { runId, repairId } = subject;
  const [scoring] = await tx
    .insert(scorings)
    .values({ ...values, runId, repairId, number: (last?.number ?? 0) + 1 })
    .returning();
  if (!scoring) throw new Error("The scoring was not inserted");
  return scoring;
}

/** A task that stopped is queued anew, on the same row. */
async function insertTasks(tx: Tx, scoring: Scoring, open: readonly ScorableRender[]) {
  const { id: scoringId, projectId, endpointName } = scoring;
  const rows = open.map((render) => ({ ...render, projectId, scoringId, endpointName }));
  const anew = sql`on conflict (render_id, endpoint_name, input_hash) do update set
    scoring_id = excluded.scoring_id, state = 'queued', attempt = judge_task.attempt + 1, failures = 0,
    reason = null, not_before = now(), finished_at = null
    where judge_task.state in ('failed', 'cancelled')`;
  await insertMany(tx, judgeTasks, rows, anew);
}
