import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SittingKind } from "@/db/enums";
import { grids, ratingRounds } from "@/db/schema";
import { AppError } from "@/server/core/errors";

/**
 * Nothing of a round changes once it is closed: whoever closes it waits for those who are writing, and who
 * comes later is told why. The caller has locked the sitting, and so stands in line before the round until the
 * transaction ends (drizzle/0018). Grids that measure or teach a rater belong to no round's results.
 */
export async function refuseClosedRound(
  tx: Tx,
  { gridId, kind }: { gridId: string; kind: SittingKind },
): Promise<void> {
  if (kind === "gold" || kind === "training") return;
  const [round] = await tx
    .select({
      number: ratingRounds.number,
      closedAt: ratingRounds.closedAt,
      reason: ratingRounds.closedReason,
    })
    .from(grids)
    .innerJoin(
      ratingRounds,
      and(eq(ratingRounds.projectId, grids.projectId), eq(ratingRounds.number, grids.round)),
    )
    .where(eq(grids.id, gridId));
  if (round?.closedAt) throw closedRound(round);
}

export const closedRound = ({ number, reason }: { number: number; reason: string | null }) =>
  new AppError("CONFLICT", `Round ${number} is closed: ${reason}`);
