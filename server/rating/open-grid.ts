import { randomUUID } from "node:crypto";
import { and, asc, eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RunPurpose } from "@/db/enums";
import { gridImages, grids, ratingRounds, seats } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { readSettings } from "@/server/project/read-settings";

export type NewGrid = {
  projectId: string;
  pairId: string;
  generatorRevisionId: string;
  promptSetId: string;
  seedSetId: string;
  purpose: RunPurpose;
  /** How many are to judge it, each alone; null: as many as the project says. */
  raters?: number | null;
  /** By position: (row - 1) * 5 + column; columns are prompts, rows are seeds. */
  imageIds: readonly string[];
};

/** Freezes the images of a pair as a grid with its seats; asking again finds the same grid. */
export async function openGrid(
  tx: Tx,
  { imageIds, raters: wanted, ...grid }: NewGrid,
): Promise<{ id: string }> {
  const { protocolVersion, ratersPerGrid, ratingMode } = await readSettings(tx, grid.projectId);
  // Screening serves the search alone: what is drawn again to prove a find is judged in full.
  const mode = grid.purpose === "mining" ? ratingMode : "full";
  // Each screening rater stops elsewhere: there is nothing for several to agree on.
  const raters = mode === "screen" ? 1 : (wanted ?? ratersPerGrid);
  const isPlain = mode === "full" && grid.purpose !== "repair";
  const layout = isPlain ? "columns" : "random";
  const key = { ...grid, protocolVersion };
  // Whatever its round: a grid that is asked for again after a new round began is still the same.
  const known = await findGrid(tx, key);
  if (known) return known;
  const [opened] = await tx
    .insert(grids)
    .values({ ...key, ...idOf(grid), mode, raters, layout, round: await newestRound(tx, grid) })
    .onConflictDoNothing()
    .returning({ id: grids.id });
  if (!opened) return (await findGrid(tx, key)) ?? refuseForeignPair();

  await tx
    .insert(gridImages)
    .values(
      imageIds.map((imageId, index) => ({ gridId: opened.id, position: index + 1, imageId })),
    );
  await tx.insert(seats).values(
    Array.from({ length: raters }, (_, index) => ({
      projectId: grid.projectId,
      gridId: opened.id,
      number: index + 1,
    })),
  );
  await notifyLive(tx, { projectId: grid.projectId, topic: "grid", id: opened.id });
  return opened;
}

/**
 * Among equals, grids are handed out in the order of their ids, which is that of their making. Those of a comparison have ids
 * without a time: its generators come mixed at random, and neither order nor id tells which one drew a grid.
 */
const idOf = ({ purpose }: Pick<NewGrid, "purpose">) =>
  purpose === "repair" ? { id: randomUUID() } : {};

/** Grids that are drawn after a round was closed wait in the newest one until it is opened again. */
async function newestRound(tx: Tx, { projectId }: { projectId: string }): Promise<number> {
  const [newest] = await tx
    .select({ number: max(ratingRounds.number) })
    .from(ratingRounds)
    .where(eq(ratingRounds.projectId, projectId));
  return newest?.number ?? 1;
}

type GridKey = Omit<NewGrid, "imageIds" | "purpose" | "raters"> & { protocolVersion: number };

async function findGrid(tx: Tx, key: GridKey): Promise<{ id: string } | undefined> {
  const [grid] = await tx
    .select({ id: grids.id })
    .from(grids)
    .where(
      and(
        eq(grids.projectId, key.projectId),
        eq(grids.pairId, key.pairId),
        eq(grids.generatorRevisionId, key.generatorRevisionId),
        eq(grids.promptSetId, key.promptSetId),
        eq(grids.seedSetId, key.seedSetId),
        eq(grids.protocolVersion, key.protocolVersion),
      ),
    )
    .orderBy(asc(grids.round))
    .limit(1);
  return grid;
}

function refuseForeignPair(): never {
  throw new AppError("NOT_FOUND", "This pair belongs to another project.");
}
