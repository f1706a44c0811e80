import { callAsMember } from "@/server/auth/call-as-member";
import type { MemberContext } from "@/server/trpc/context";
import { type Claimed, sayClaimed } from "./claim-next-seat";
import { type SittingView, toldViews, viewCall } from "./get-sitting";

/** Reads what was claimed in the same request, so that a grid can be fetched ahead with its images. */
export async function openNextSitting(
  ctx: MemberContext,
  claimed: Claimed,
): Promise<SittingView | { refused: string } | null> {
  const { sittings, refused } = await openNextSittings(ctx, claimed);
  return sittings[0] ?? (refused === null ? null : { refused });
}

/** The same for up to three at once, in the order to do them; `refused` says why none came although some are left. */
export async function openNextSittings(
  ctx: MemberContext,
  claimed: Claimed,
): Promise<{ sittings: SittingView[]; refused: string | null }> {
  const { sittingIds, refused } = await sayClaimed(ctx, claimed);
  if (sittingIds.length === 0) return { sittings: [], refused };
  const views = await callAsMember(ctx, viewCall(sittingIds));
  return { sittings: toldViews(views, ctx.member.slug), refused };
}
