import { and, asc, eq, gt, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators, gridImages, grids, images, pairs } from "@/db/schema";
import { COLUMNS } from "@/server/rating/domain/move-cursor";

const AT_ONCE = 50;

/** Image id -> its path in the archive. */
export type Files = ReadonlyMap<string, string>;
type GridRow = Awaited<ReturnType<typeof nextGrids>>[number];
type CellRow = Awaited<ReturnType<typeof readCells>>[number];
export type GridCell = { grid: GridRow; cell: CellRow };

/** All images of the project's grids, a few grids at a time, each grid whole and in order. */
export async function* gridChunks(tx: Tx, projectId: string): AsyncGenerator<GridCell[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await nextGrids(tx, projectId, after);
    const last = rows.at(-1);
    if (!last) return;
    const byId = new Map(rows.map((grid) => [grid.id, grid]));
    const cells = await readCells(tx, [...byId.keys()]);
    yield cells.flatMap((cell) => {
      const grid = byId.get(cell.gridId);
      return grid ? [{ grid, cell }] : [];
    });
    after = last.id;
  }
}

export const idsOf = (cells: readonly GridCell[]): string[] => [
  ...new Set(cells.map(({ grid }) => grid.id)),
];

/** What every file says of an image of a grid. */
export const imageOfGrid = ({ grid, cell }: GridCell, files: Files) => ({
  image: files.get(cell.imageId) ?? null,
  sha256: cell.sha256,
  grid: grid.id,
  pair: grid.pair,
  generator: grid.generator,
  revision: grid.revision,
  round: grid.round,
  prompt: ((cell.position - 1) % COLUMNS) + 1,
  seed: cell.seed,
});

const nextGrids = (tx: Tx, projectId: string, after: string) =>
  tx
    .select({
      id: grids.id,
      pair: pairs.key,
      generator: generators.name,
      revision: generatorRevisions.number,
      round: grids.round,
    })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(and(eq(grids.projectId, projectId), gt(grids.id, after)))
    .orderBy(asc(grids.id))
    .limit(AT_ONCE);

const readCells = (tx: Tx, gridIds: string[]) =>
  tx
    .select({
      gridId: gridImages.gridId,
      imageId: gridImages.imageId,
      position: gridImages.position,
      seed: images.seed,
      sha256: images.sha256,
    })
    .from(gridImages)
    .innerJoin(images, eq(images.id, gridImages.imageId))
    .where(inArray(gridImages.gridId, gridIds))
    .orderBy(asc(gridImages.gridId), asc(gridImages.position));
