import type { MemberContext } from "@/server/trpc/context";
import { claimNextSeat } from "./claim-next-seat";
import { getSitting, type SittingView } from "./get-sitting";

/** Claims and reads in one request, so that a grid can be fetched ahead with its images. */
export async function openNextSitting(
  ctx: MemberContext,
  besides: readonly string[],
): Promise<SittingView | { refused: string } | null> {
  const claimed = await claimNextSeat(ctx, besides);
  if (!claimed || "refused" in claimed) return claimed;
  return getSitting(ctx, claimed.sittingId);
}
