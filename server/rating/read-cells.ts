import { asc, desc, eq, max } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { Verdict } from "@/db/enums";
import { gridImages, verdictEvents } from "@/db/schema";
import { VerdictDetail } from "./schemas";

export type SittingCell = {
  position: number;
  imageId: string;
  verdict: Verdict | null;
  detail: VerdictDetail | null;
};

// From the events, not from the present verdicts: a detail may stand on an image without a verdict.
export async function readCells(
  db: DbOrTx,
  sitting: { id: string; gridId: string },
): Promise<SittingCell[]> {
  const latest = db
    .selectDistinctOn([verdictEvents.imageId], {
      imageId: verdictEvents.imageId,
      verdict: verdictEvents.verdict,
      detail: verdictEvents.detail,
    })
    .from(verdictEvents)
    .where(eq(verdictEvents.sittingId, sitting.id))
    .orderBy(
      verdictEvents.imageId,
      desc(verdictEvents.clientSeq),
      desc(verdictEvents.clientAt),
      desc(verdictEvents.id),
    )
    .as("latest");
  const rows = await db
    .select({
      position: gridImages.position,
      imageId: gridImages.imageId,
      verdict: latest.verdict,
      detail: latest.detail,
    })
    .from(gridImages)
    .leftJoin(latest, eq(latest.imageId, gridImages.imageId))
    .where(eq(gridImages.gridId, sitting.gridId))
    .orderBy(asc(gridImages.position));
  return rows.map((row) => ({
    ...row,
    detail: VerdictDetail.nullable().parse(row.detail ?? null),
  }));
}

export async function readLastSeq(db: DbOrTx, sittingId: string): Promise<number> {
  const [row] = await db
    .select({ seq: max(verdictEvents.clientSeq) })
    .from(verdictEvents)
    .where(eq(verdictEvents.sittingId, sittingId));
  return row?.seq ?? 0;
}
