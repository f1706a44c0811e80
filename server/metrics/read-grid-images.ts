import { asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { gridImages, grids } from "@/db/schema";

/** Every image that stands in a grid, once, rated or not, and what drew it. */
export const readGridImages = (db: DbOrTx, projectId: string) =>
  db
    .selectDistinctOn([gridImages.imageId], {
      imageId: gridImages.imageId,
      revisionId: grids.generatorRevisionId,
    })
    .from(grids)
    .innerJoin(gridImages, eq(gridImages.gridId, grids.id))
    .where(eq(grids.projectId, projectId))
    .orderBy(asc(gridImages.imageId));
