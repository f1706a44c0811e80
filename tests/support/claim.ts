import { claimNextSeat } from "@/server/rating/claim-next-seat";
import type { MemberContext } from "@/server/trpc/context";

/** The sitting that the rater is given next; a test that expects none asks the verb itself. */
export async function claimSitting(
  rater: MemberContext,
  besides: readonly string[] = [],
): Promise<string> {
  const claimed = await claimNextSeat(rater, besides);
  if (!claimed || "refused" in claimed) throw new Error("Nothing was handed out");
  return claimed.sittingId;
}
