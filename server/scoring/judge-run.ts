import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, runs } from "@/db/schema";
import { modelTold } from "@/server/generation/model-told";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { lockProject } from "@/server/mining/lock-project";
import { askScorers } from "./ask-scorers";
import { listScoreEndpoints } from "./list-score-endpoints";
import { MOST_SCORERS } from "./schemas";

/** Has the images of a finished run judged by every endpoint that says that it judges the model which drew them. */
export async function judgeRun(
  { runId }: JobPayload<"scoring.judgeRun">,
  { db }: JobContext,
): Promise<void> {
  const run = await findFinished(db, runId);
  const model = run?.model?.name;
  if (!run || !model) return;
  const endpoints = await listScoreEndpoints(db);
  const asked = endpoints.filter(({ judges }) => judges.includes(model)).flatMap(inCalls);
  if (asked.length === 0) return;
  const { projectId, number } = run;
  const subject = { runId, repairId: null, runIds: [runId] };
  const of = { kind: "run", number } as const;
  await db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    for (const one of asked) {
      await askScorers(tx, { ...one, projectId, subject, of, startedBy: null });
    }
  });
}

/** undefined: it was cancelled, or is drawn on, and will be finished once more. */
async function findFinished(db: DbOrTx, runId: string) {
  const [run] = await db
    .select({ projectId: runs.projectId, number: runs.number, model: modelTold })
    .from(runs)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, runs.generatorRevisionId))
    .where(and(eq(runs.id, runId), eq(runs.state, "done")));
  return run;
}

/** No call asks more scorers than the contract takes. */
function inCalls({ name, scorers }: { name: string; scorers: readonly string[] }) {
  const calls = Math.ceil(scorers.length / MOST_SCORERS);
  return Array.from({ length: calls }, (_, at) => ({
    endpoint: name,
    scorers: scorers.slice(at * MOST_SCORERS, (at + 1) * MOST_SCORERS),
  }));
}
