import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { gridImages, grids, levels, type sittings, verdicts } from "@/db/schema";
import { gradeOf } from "./domain/grade";
import { LEVEL_RULE_VERSION } from "./domain/level";
import type { Judged } from "./domain/open-positions";
import { asShown } from "./domain/screen-order";

type Sitting = typeof sittings.$inferSelect;

/** The verdicts of a sitting, in the order its images are shown. */
export async function readShown(tx: Tx, sitting: Sitting): Promise<Judged[]> {
  const cells = await tx
    .select({
      position: gridImages.position,
      verdict: verdicts.verdict,
      layout: grids.layout,
    })
    .from(gridImages)
    .innerJoin(grids, eq(grids.id, gridImages.gridId))
    .leftJoin(
      verdicts,
      and(eq(verdicts.imageId, gridImages.imageId), eq(verdicts.sittingId, sitting.id)),
    )
    .where(eq(gridImages.gridId, sitting.gridId));
  const layout = cells[0]?.layout ?? "columns";
  return asShown(cells, { ...sitting, layout });
}

/** The Level that the sitting's verdicts give in its mode; none while broken images leave it open. */
export async function writeLevel(
  tx: Tx,
  sitting: Sitting & { isSimulated: boolean },
  cells: readonly Judged[],
): Promise<void> {
  const grade = gradeOf(cells, sitting.mode);
  if (!grade) return;
  await tx.insert(levels).values({
    projectId: sitting.projectId,
    gridId: sitting.gridId,
    sittingId: sitting.id,
    source: sitting.isSimulated ? "simulated" : "rater",
    ruleVersion: LEVEL_RULE_VERSION,
    mode: sitting.mode,
    ...grade,
  });
}
