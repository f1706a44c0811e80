import {
  and,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  notExists,
  notInArray,
  sql,
} from "drizzle-orm";
import type { Tx } from "@/db/client";
import { QUICK_LOOK_KINDS } from "@/db/enums";
import {
  endpoints,
  generatorRevisions,
  judgeTasks,
  projects,
  renders,
  runRenders,
  runs,
} from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { enqueue } from "@/server/jobs/queue";
import { judgesIn } from "./list-score-endpoints";

/** Has runs judged that were finished before this endpoint named their model, or while it was away. */
export async function judgeMissed(
  { endpointId }: JobPayload<"scoring.judgeMissed">,
  { db }: JobContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [endpoint] = await tx
      .select({ name: endpoints.name, description: endpoints.description })
      .from(endpoints)
      .where(eq(endpoints.id, endpointId));
    const models = judgesIn(endpoint?.description);
    if (!endpoint || models.length === 0) return;
    for (const runId of await findMissed(tx, endpoint.name, models))
      await enqueue(tx, "scoring.judgeRun", { runId });
  });
}

/** Finished runs with images that this endpoint was never asked about. A quick look is a person's alone. */
async function findMissed(tx: Tx, endpointName: string, models: string[]): Promise<string[]> {
  const asked = tx
    .select({ one: sql`1` })
    .from(judgeTasks)
    .where(and(eq(judgeTasks.renderId, renders.id), eq(judgeTasks.endpointName, endpointName)));
  const missed = tx
    .select({ one: sql`1` })
    .from(runRenders)
    .innerJoin(renders, and(eq(renders.id, runRenders.renderId), eq(renders.state, "done")))
    .where(and(eq(runRenders.runId, runs.id), isNotNull(runRenders.pairId), notExists(asked)));
  const found = await tx
    .select({ id: runs.id })
    .from(runs)
    .innerJoin(projects, and(eq(projects.id, runs.projectId), isNull(projects.archivedAt)))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, runs.generatorRevisionId))
    .where(
      and(
        eq(runs.state, "done"),
        notInArray(runs.purpose, [...QUICK_LOOK_KINDS]),
        inArray(sql`${generatorRevisions.answeredModel} ->> 'name'`, models),
        exists(missed),
      ),
    )
    .orderBy(runs.finishedAt, runs.id);
  return found.map(({ id }) => id);
}
