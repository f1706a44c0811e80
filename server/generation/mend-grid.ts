import { and, asc, desc, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { gridImages, grids, images, renders, runRenders, seedSets } from "@/db/schema";
import { carryVerdicts } from "@/server/rating/carry-verdicts";
import { type NewGrid, openGrid } from "@/server/rating/open-grid";
import { SEEDS_PER_PROMPT } from "./domain/seeds";
import { PROMPTS_PER_PAIR } from "./ready-pairs";

export const IMAGES = PROMPTS_PER_PAIR * SEEDS_PER_PROMPT;
export type MendedBy = Omit<NewGrid, "imageIds"> & { runId: string };

/**
 * A run that draws broken images again ends in a new grid: theirs in their places, all others as they were, and what
 * the raters said of those. Safe to run twice: the grid is found again, and nothing is carried into one with sittings.
 */
export async function mendGrid(tx: Tx, { runId, ...grid }: MendedBy): Promise<void> {
  const source = await findSource(tx, grid);
  const drawn = source ? await spareImages(tx, runId, grid) : null;
  if (!source || !drawn) return;
  const kept = await tx
    .select({ position: gridImages.position, imageId: gridImages.imageId })
    .from(gridImages)
    .where(eq(gridImages.gridId, source.id))
    .orderBy(asc(gridImages.position));
  const imageIds = kept.map(({ position, imageId }) => drawn.get(position) ?? imageId);
  const { id } = await openGrid(tx, { ...grid, raters: source.raters, imageIds });
  await carryVerdicts(tx, {
    projectId: grid.projectId,
    pairId: grid.pairId,
    from: source.id,
    to: id,
  });
}

type GridOf = Omit<NewGrid, "imageIds">;

/** The newest other grid of the same prompts whose seeds these are but for the spare ones. */
async function findSource(tx: Tx, grid: GridOf) {
  const own = await seedsOf(tx, grid.seedSetId);
  const others = await tx
    .select({ id: grids.id, raters: grids.raters, seeds: seedSets.seeds })
    .from(grids)
    .innerJoin(seedSets, eq(seedSets.id, grids.seedSetId))
    .where(
      and(
        eq(grids.pairId, grid.pairId),
        eq(grids.generatorRevisionId, grid.generatorRevisionId),
        eq(grids.promptSetId, grid.promptSetId),
        ne(grids.seedSetId, grid.seedSetId),
      ),
    )
    .orderBy(desc(grids.createdAt));
  // All rows may hold a broken image: then no seed is shared, and the last grid is the one.
  return others.find(({ seeds }) => seeds.some((seed) => own.includes(seed))) ?? others[0] ?? null;
}

/**
 * By their place in the grid; null while one of them is not drawn. All twenty are no mending: they are a grid of their own, which a render
 * that was finished a moment ago opens.
 */
async function spareImages(tx: Tx, runId: string, grid: GridOf) {
  const rows = await tx
    .select({
      state: renders.state,
      column: runRenders.position,
      seed: images.seed,
      imageId: images.id,
    })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .leftJoin(images, eq(images.renderId, renders.id))
    .where(and(eq(runRenders.runId, runId), eq(runRenders.pairId, grid.pairId)));
  if (rows.some(({ state }) => state !== "done")) return null;
  const seeds = await seedsOf(tx, grid.seedSetId);
  const drawn = new Map(
    rows.flatMap(({ column, seed, imageId }) =>
      seed === null || imageId === null
        ? []
        : [[seeds.indexOf(seed) * PROMPTS_PER_PAIR + column, imageId] as const],
    ),
  );
  return drawn.size < IMAGES ? drawn : null;
}

async function seedsOf(tx: Tx, seedSetId: string): Promise<number[]> {
  const [set] = await tx
    .select({ seeds: seedSets.seeds })
    .from(seedSets)
    .where(eq(seedSets.id, seedSetId));
  return set?.seeds ?? [];
}
