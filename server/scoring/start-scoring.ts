import { and, eq, inArray, max, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { judgeTasks, scorings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { findSubject, type Subject } from "./find-subject";
import { listScoreEndpoints } from "./list-score-endpoints";
import type { StartScoring } from "./schemas";
import { type ScorableRender, scoredRenders } from "./scored-renders";
import { settleScorings } from "./settle-scorings";

/**
 * Asks an endpoint about every finished image of a run or of a comparison. What it was asked before it is not asked again, what
 * failed or was cancelled is; so that a second press takes up what is missing, and starts nothing where nothing is.
 */
export async function startScoring(
  { db, viewer, member }: MemberContext,
  { of, endpoint, scorers }: StartScoring,
): Promise<{ number: number | null; tasks: number }> {
  const { projectId } = member;
  const asked = [...new Set(scorers)].toSorted();
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    await refuseUnknown(tx, endpoint, asked);
    const subject = await findSubject(tx, projectId, of);
    const open = await openTasks(
      tx,
      projectId,
      endpoint,
      await scoredRenders(tx, subject.runIds, asked),
    );
    if (open.length === 0) return { number: null, tasks: 0 };
    const scoring = await insertScoring(tx, {
      projectId,
      subject,
      endpointName: endpoint,
      scorers: asked,
      startedBy: viewer.accountId,
    });
    await insertTasks(tx, scoring, open);
    // Those that it took over may have been the last ones of an earlier one.
    await settleScorings(tx, projectId);
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "scoring.start",
      subjectId: scoring.id,
      payload: { number: scoring.number, of, endpoint, scorers: asked, tasks: open.length },
    });
    await notifyLive(tx, { projectId, topic: "score", id: scoring.id });
    return { number: scoring.number, tasks: open.length };
  });
}

async function refuseUnknown(tx: Tx, endpoint: string, asked: readonly string[]) {
  const found = (await listScoreEndpoints(tx)).find(({ name }) => name === endpoint);
  if (!found)
    throw new AppError("INVALID", `No bridge serves an endpoint "${endpoint}" that scores.`);
  const missing = asked.filter((scorer) => !found.scorers.includes(scorer));
  if (missing.length > 0) {
    throw new AppError(
      "INVALID",
      `${endpoint} has no scorer "${missing[0]}": choose among ${found.scorers.join(", ")}.`,
    );
  }
}

/** Without those that are done or under way. */
async function openTasks(
  tx: Tx,
  projectId: string,
  endpointName: string,
  wanted: readonly ScorableRender[],
): Promise<ScorableRender[]> {
  const known = await tx
    .select({ renderId: judgeTasks.renderId, inputHash: judgeTasks.inputHash })
    .from(judgeTasks)
    .where(
      and(
        eq(judgeTasks.projectId, projectId),
        eq(judgeTasks.endpointName, endpointName),
        inArray(judgeTasks.state, ["queued", "leased", "done"]),
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
