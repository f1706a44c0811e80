import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SittingKind } from "@/db/enums";
import { grids, ratingRounds } from "@/db/schema";
import { AppError } from "@/server/core/errors";

// A number of this purpose's own, beside which the project's stands.
const QUEUE = 7_310_852;

/**
 * Where writers and the one who closes a round wait for each other in the order of their coming. The row alone would
 * not do: who reads it for sharing may always join those who do, and whoever closes it waits for all of them.
 */
export const lineUpToClose = (projectId: string) =>
  sql`select pg_advisory_xact_lock(${QUEUE}, hashtext(${projectId}))`;
const lineUpToWrite = (projectId: string) =>
  sql`(select pg_advisory_xact_lock_shared(${QUEUE}, hashtext(${projectId}))) is not null`;

/**
 * Nothing of a round changes once it is closed: whoever closes it waits for those who are writing, and who
 * comes later is told why. Grids that measure or teach a rater belong to no round's results.
 */
export async function refuseClosedRound(
  tx: Tx,
  { projectId, gridId, kind }: { projectId: string; gridId: string; kind: SittingKind },
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
    .where(and(lineUpToWrite(projectId), eq(grids.id, gridId)))
    .for("share", { of: ratingRounds });
  if (round?.closedAt) {
    throw new AppError("CONFLICT", `Round ${round.number} is closed: ${round.reason}`);
  }
}
