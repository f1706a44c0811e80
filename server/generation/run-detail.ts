import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import {
  gridImages,
  grids,
  images,
  pairs,
  prompts,
  quickLooks,
  renderAttempts,
  renders,
  runRenders,
  runs,
} from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { readWaits } from "@/server/realign/read-waits";
import { paceOf } from "./domain/pace";
import { selectRuns } from "./list-runs";
import { readEndpoints } from "./read-endpoints";
import { GeneratorParameters } from "./schemas";

/** Everything the run page shows, as of now. */
export async function runDetail(db: Db, projectId: string, number: number) {
  const [run] = await selectRuns(db).where(
    and(eq(runs.projectId, projectId), eq(runs.number, number)),
  );
  if (!run) throw new AppError("NOT_FOUND", "No such run.");
  const slots = await slotsOf(db, run.id);
  const made = await imagesOf(db, run.id);
  const imageIds = Map.groupBy(made, (image) => image.renderId);
  const served = await readEndpoints(db);
  const parameters = GeneratorParameters.parse(run.parameters);
  const awaiting = slots.flatMap(({ renderId, awaits }) => (awaits ? renderId : []));
  const waits = await readWaits(db, projectId, awaiting);
  return {
    ...run,
    parameters,
    imagesPerMinute: paceOf(await recentArrivals(db, run.id)),
    grids: await countGrids(db, run.id),
    endpoints: served.filter((endpoint) => endpoint.name === run.endpointName),
    slots: slots.map((slot) => ({
      ...slot,
      /** What a second image still waits for, in words; null: nothing. */
      waits: waits.get(slot.renderId) ?? null,
      imageIds: (imageIds.get(slot.renderId) ?? []).map((image) => image.id),
    })),
  };
}
export type RunDetail = Awaited<ReturnType<typeof runDetail>>;
export type RunSlot = RunDetail["slots"][number];

const slotsOf = (db: Db, runId: string) =>
  db
    .select({
      renderId: renders.id,
      pairId: runRenders.pairId,
      position: runRenders.position,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      // A capability check is about one concept; a quick look says what became of it.
      concept: quickLooks.concept,
      look: quickLooks.state,
      prompt: prompts.text,
      state: renders.state,
      attempt: renders.attempt,
      failures: renders.failures,
      reason: renders.reason,
      // Its endpoint draws by other weights or another method than the revision's first images.
      isOutdated: sql<boolean>`${renders.state} = 'failed' and coalesce(${renderAttempts.kind} = 'outdated', false)`,
      nextTryAt: renders.notBefore,
      finishedAt: renders.finishedAt,
      // Of a method that draws twice: a step before it is due, or has failed.
      awaits: renders.awaitsObjects,
    })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .leftJoin(
      renderAttempts,
      and(eq(renderAttempts.renderId, renders.id), eq(renderAttempts.attempt, renders.attempt)),
    )
    .leftJoin(pairs, eq(pairs.id, runRenders.pairId))
    .leftJoin(quickLooks, eq(quickLooks.renderId, renders.id))
    .where(eq(runRenders.runId, runId))
    .orderBy(asc(runRenders.pairId), asc(runRenders.position));

const imagesOf = (db: Db, runId: string) =>
  db
    .select({ id: images.id, renderId: images.renderId })
    .from(images)
    .innerJoin(runRenders, eq(runRenders.renderId, images.renderId))
    .where(eq(runRenders.runId, runId))
    .orderBy(asc(images.renderId), asc(images.position));

/** The newest first. What arrived long ago tells nothing of today. */
const recentArrivals = (db: Db, runId: string) => {
  const arrivedAt = sql`max(${images.createdAt})`;
  return db
    .select({
      secondsAgo: sql<number>`extract(epoch from now() - ${arrivedAt})::float8`,
      images: count(),
    })
    .from(images)
    .innerJoin(runRenders, eq(runRenders.renderId, images.renderId))
    .where(
      and(eq(runRenders.runId, runId), sql`${images.createdAt} > now() - interval '30 minutes'`),
    )
    .groupBy(images.renderId)
    .orderBy(desc(arrivedAt));
};

async function countGrids(db: Db, runId: string): Promise<number> {
  const gridsOfRun = db
    .selectDistinct({ id: gridImages.gridId })
    .from(gridImages)
    .innerJoin(images, eq(images.id, gridImages.imageId))
    .innerJoin(runRenders, eq(runRenders.renderId, images.renderId))
    .where(eq(runRenders.runId, runId));
  const [row] = await db
    .select({ open: count() })
    .from(grids)
    .where(and(eq(grids.state, "open"), inArray(grids.id, gridsOfRun)));
  return row?.open ?? 0;
}
