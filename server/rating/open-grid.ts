import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RunPurpose } from "@/db/enums";
import { gridImages, grids, seats } from "@/db/schema";
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
  /** By position: (row - 1) * 5 + column; columns are prompts, rows are seeds. */
  imageIds: readonly string[];
};

/** Freezes the images of a pair as a grid with its seats; asking again finds the same grid. */
export async function openGrid(tx: Tx, { imageIds, ...grid }: NewGrid): Promise<{ id: string }> {
  const { protocolVersion, ratersPerGrid, ratingMode } = await readSettings(tx, grid.projectId);
  // Screening serves the search alone: what is drawn again to prove a find is judged in full.
  const mode = grid.purpose === "mining" ? ratingMode : "full";
  const [opened] = await tx
    .insert(grids)
    .values({ ...grid, protocolVersion, mode })
    .onConflictDoNothing()
    .returning({ id: grids.id });
  if (!opened) return findGrid(tx, { ...grid, protocolVersion });

  await tx
    .insert(gridImages)
    .values(
      imageIds.map((imageId, index) => ({ gridId: opened.id, position: index + 1, imageId })),
    );
  await tx.insert(seats).values(
    Array.from({ length: ratersPerGrid }, (_, index) => ({
      projectId: grid.projectId,
      gridId: opened.id,
      number: index + 1,
    })),
  );
  await notifyLive(tx, { projectId: grid.projectId, topic: "grid", id: opened.id });
  return opened;
}

type GridKey = Omit<NewGrid, "imageIds" | "purpose"> & { protocolVersion: number };

async function findGrid(tx: Tx, key: GridKey): Promise<{ id: string }> {
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
        eq(grids.round, 1),
      ),
    );
  if (!grid) throw new AppError("NOT_FOUND", "This pair belongs to another project.");
  return grid;
}
