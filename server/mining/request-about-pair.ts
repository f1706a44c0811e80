import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import type { AskAboutPair } from "./domain/inquiry-input";
import { lockPair } from "./lock-pair";

/** Asks what the proposer can add to a pair: its C, the drawing order, or what one sees of A and B. */
export async function requestAboutPair(
  { db, viewer, member: { projectId } }: MemberContext,
  { pairId, purpose }: AskAboutPair,
): Promise<{ inquiryId: string }> {
  return db.transaction(async (tx) => {
    const { state } = await lockPair(tx, { projectId, pairId });
    if (state !== "accepted") throw new AppError("CONFLICT", "Accept the pair first");
    const actorId = viewer.accountId;
    return askOnce(tx, { projectId, actorId, purpose, pairId, parameters: {} });
  });
}
