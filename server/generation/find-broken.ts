import { and, asc, eq, exists, gt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import { gridImages, grids, sittings, verdicts } from "@/db/schema";

/** Positions of the images in the grid that a rater who submitted calls broken. */
export async function findBroken(db: DbOrTx, gridId: string): Promise<number[]> {
  const rows = await db
    .selectDistinct({ position: gridImages.position })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(
      gridImages,
      and(eq(gridImages.gridId, sittings.gridId), eq(gridImages.imageId, verdicts.imageId)),
    )
    .where(
      and(
        eq(sittings.gridId, gridId),
        eq(sittings.state, "submitted"),
        eq(verdicts.verdict, "broken"),
      ),
    )
    .orderBy(asc(gridImages.position));
  return rows.map(({ position }) => position);
}

/** True of a grid that another took over from: a later one shows the images that are whole. */
export function hasSuccessor(db: DbOrTx) {
  const own = alias(gridImages, "own");
  const later = alias(grids, "later");
  const shared = alias(gridImages, "shared");
  return exists(
    db
      .select({ id: later.id })
      .from(own)
      .innerJoin(shared, eq(shared.imageId, own.imageId))
      .innerJoin(later, eq(later.id, shared.gridId))
      .where(
        and(
          eq(own.gridId, grids.id),
          eq(later.pairId, grids.pairId),
          gt(later.createdAt, grids.createdAt),
        ),
      ),
  );
}
