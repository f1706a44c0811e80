import { callAsMember } from "@/server/auth/call-as-member";
import type { MemberCall } from "@/server/auth/member-call";
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
 * the order, the locks and the rater-time budget are in `teacup_claim` (drizzle/0013, 0027).
 */
export const claimSeats = async (
  ctx: MemberContext,
  besides: readonly string[],
  most: number,
): Promise<Claims> => sayClaimed(ctx, await callAsMember(ctx, claimCall(besides, most)));

/** Sittings in the order to do them; null: something is left, and the project's rater time is used up. */
export type Claimed = (string | null)[];

export const claimCall =
  (besides: readonly string[], most: number): MemberCall<Claimed> =>
  (sql, { projectId, accountId }) =>
    sql`
    (select coalesce(jsonb_agg(c.sitting_id order by c.place), '[]')
      from teacup_claim(${projectId}, ${accountId}, ${[...besides]}::uuid[], ${most}) with ordinality c (sitting_id, place))`;

export async function sayClaimed({ db, member }: MemberContext, claimed: Claimed): Promise<Claims> {
  const sittingIds = claimed.flatMap((id) => id ?? []);
  if (sittingIds.length > 0 || claimed.length === 0) return { sittingIds, refused: null };
  await db.transaction((tx) => beginRaterStop(tx, member.projectId));
  return { sittingIds, refused: RATER_TIME_USED_UP };
}
