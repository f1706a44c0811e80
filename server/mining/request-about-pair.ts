import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import type { AskAboutPair } from "./domain/inquiry-input";
import { newestPrompts } from "./inquiry-input/newest-prompts";
import { lockPair } from "./lock-pair";

/** Asks what the proposer can add to a pair: its C, the drawing order, or what one sees of A and B. */
export async function requestAboutPair(
  { db, viewer, member: { projectId } }: MemberContext,
  { pairId, purpose }: AskAboutPair,
): Promise<{ inquiryId: string }> {
  return db.transaction(async (tx) => {
    const { state } = await lockPair(tx, { projectId, pairId });
    if (state !== "accepted") throw new AppError("CONFLICT", "Accept the pair first");
    const isOfPrompts = purpose === "find_phrases" || purpose === "reword_prompts";
    if (isOfPrompts && (await newestPrompts(tx, pairId)).length === 0) {
      throw new AppError("CONFLICT", "Its prompts are not written yet: ask again when they are.");
    }
    const actorId = viewer.accountId;
    return askOnce(tx, { projectId, actorId, purpose, pairId, parameters: {} });
  });
}
