import type { MemberContext } from "@/server/trpc/context";
import { beginRaterStop } from "./rater-stop";
import { RATER_TIME_USED_UP } from "./rater-time";

/** `refused` says why nothing is handed out although something is left. */
export type Claims = { sittingIds: string[]; refused: string | null };
export type Claim = { sittingId: string } | { refused: string };

/** The sitting to do next; null when nothing is left. `besides` are the sittings the caller already holds. */
export async function claimNextSeat(
  ctx: MemberContext,
  besides: readonly string[] = [],
): Promise<Claim | null> {
  const { sittingIds, refused } = await claimSeats(ctx, besides, 1);
  const [sittingId] = sittingIds;
  if (sittingId) return { sittingId };
  return refused === null ? null : { refused };
}

/**
 * Up to `most` sittings to do next, each with its lease: unfinished ones first, then what is due to measure
 * the rater, then free seats, then what was put off. One statement, and so one round trip and one transaction:
 * the order, the locks and the rater-time budget are in `teacup_claim` (drizzle/0013).
 */
export async function claimSeats(
  { db, viewer, member }: MemberContext,
  besides: readonly string[],
  most: number,
): Promise<Claims> {
  const { projectId } = member;
  // Asked of the driver itself, which keeps the statement prepared: one that is not is described first, a second wait.
  const rows = await db.$client<{ sitting_id: string | null }[]>`
    select sitting_id from teacup_claim(${projectId}, ${viewer.accountId}, ${[...besides]}::uuid[], ${most})`;
  const sittingIds = rows.flatMap((row) => row.sitting_id ?? []);
  if (sittingIds.length > 0 || rows.length === 0) return { sittingIds, refused: null };
  await db.transaction((tx) => beginRaterStop(tx, projectId));
  return { sittingIds, refused: RATER_TIME_USED_UP };
}
