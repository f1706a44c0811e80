import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { gridImages, grids, sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "./claim";
import { judgeAll, submit } from "./rate";

type Grid = typeof grids.$inferSelect;

/** Rates the grid that is next for the rater: as many images are correct as `correctOf` says of it. */
export async function rateNext(
  db: Db,
  rater: MemberContext,
  correctOf: (grid: Grid) => number,
): Promise<Grid> {
  const sittingId = await claimSitting(rater);
  const [sitting] = await db.select().from(sittings).where(eq(sittings.id, sittingId));
  const [grid] = await db.select().from(grids).where(eq(grids.id, sitting!.gridId));
  const frozen = await db
    .select({ imageId: gridImages.imageId })
    .from(gridImages)
    .where(eq(gridImages.gridId, grid!.id))
    .orderBy(asc(gridImages.position));
  const imageIds = frozen.map(({ imageId }) => imageId);
  await judgeAll(rater, sittingId, { imageIds, correct: correctOf(grid!) });
  await submit(rater, sittingId);
  return grid!;
}
