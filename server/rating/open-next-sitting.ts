import type { MemberContext } from "@/server/trpc/context";
import { claimSeats } from "./claim-next-seat";
import { getSitting, type SittingView } from "./get-sitting";

/** Claims and reads in one request, so that a grid can be fetched ahead with its images. */
export async function openNextSitting(
  ctx: MemberContext,
  besides: readonly string[],
): Promise<SittingView | { refused: string } | null> {
  const { sittings, refused } = await openNextSittings(ctx, besides, 1);
  return sittings[0] ?? (refused === null ? null : { refused });
}

/** The same for up to three at once, in the order to do them; `refused` says why none came although some are left. */
export async function openNextSittings(
  ctx: MemberContext,
  besides: readonly string[],
  most: number,
): Promise<{ sittings: SittingView[]; refused: string | null }> {
  const { sittingIds, refused } = await claimSeats(ctx, besides, most);
  return { sittings: await Promise.all(sittingIds.map((id) => getSitting(ctx, id))), refused };
}
