import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { images, renders, repairs, runPairs, runRenders, runs } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { openGrid } from "@/server/rating/open-grid";
import { IMAGES, mendGrid } from "./mend-grid";
import { readyLooks } from "./ready-looks";
import { PROMPTS_PER_PAIR } from "./ready-pairs";

/**
 * What a finished render leads to: a grid, or a look for a person. Safe to run twice: `openGrid` keeps the first grid
 * of the same pair, revision, prompts and seeds, and a look that is ready stays so.
 */
export async function openGrids(
  { renderId }: JobPayload<"generation.openGrids">,
  { db }: JobContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { runId, repairId, ...grid } of await claimsOf(tx, renderId)) {
      const imageIds = await finishedImages(tx, runId, grid.pairId);
      if (imageIds.length === IMAGES && repairId) await openCompared(tx, repairId, grid.pairId);
      else if (imageIds.length === IMAGES) await openGrid(tx, { ...grid, imageIds });
      else await mendGrid(tx, { runId, ...grid });
    }
    await readyLooks(tx, renderId);
  });
}

/** All grids of a pair in a comparison come at once: before, who rates would see which generator is the quicker one. */
async function openCompared(tx: Tx, repairId: string, pairId: string): Promise<void> {
  const sides = await tx
    .select(CLAIM)
    .from(runs)
    .innerJoin(runPairs, eq(runPairs.runId, runs.id))
    .innerJoin(repairs, and(eq(repairs.id, runs.repairId), eq(repairs.seedSetId, runs.seedSetId)))
    .where(and(eq(repairs.id, repairId), eq(runPairs.pairId, pairId), ne(runs.state, "cancelled")));
  const drawn = await Promise.all(
    sides.map(async ({ runId, repairId: _, ...grid }) => ({
      ...grid,
      imageIds: await finishedImages(tx, runId, pairId),
    })),
  );
  if (drawn.some(({ imageIds }) => imageIds.length < IMAGES)) return;
  for (const grid of drawn) await openGrid(tx, grid);
}

const CLAIM = {
  projectId: runs.projectId,
  runId: runs.id,
  repairId: runs.repairId,
  pairId: runPairs.pairId,
  promptSetId: runPairs.promptSetId,
  generatorRevisionId: runs.generatorRevisionId,
  seedSetId: runs.seedSetId,
  purpose: runs.purpose,
  raters: runs.ratersPerGrid,
};

const claimsOf = (tx: Tx, renderId: string) =>
  tx
    .select(CLAIM)
    .from(runRenders)
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .innerJoin(runPairs, and(eq(runPairs.runId, runs.id), eq(runPairs.pairId, runRenders.pairId)))
    .where(and(eq(runRenders.renderId, renderId), ne(runs.state, "cancelled")));

/** In grid order: rows are seeds, columns are prompts. Empty until all five renders are done. */
async function finishedImages(tx: Tx, runId: string, pairId: string): Promise<string[]> {
  const parts = await tx
    .select({ renderId: renders.id, state: renders.state })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .where(and(eq(runRenders.runId, runId), eq(runRenders.pairId, pairId)))
    .orderBy(asc(runRenders.position));
  if (parts.length !== PROMPTS_PER_PAIR || parts.some((part) => part.state !== "done")) return [];
  const made = await tx
    .select({ id: images.id, renderId: images.renderId, position: images.position })
    .from(images)
    .where(
      inArray(
        images.renderId,
        parts.map((part) => part.renderId),
      ),
    );
  const column = new Map(parts.map((part, index) => [part.renderId, index]));
  const cell = (image: (typeof made)[number]) =>
    image.position * PROMPTS_PER_PAIR + (column.get(image.renderId) ?? 0);
  return made.toSorted((a, b) => cell(a) - cell(b)).map((image) => image.id);
}
