import type { AdjudicationReason } from "@/db/enums";
import type { AdjudicatedImage } from "@/server/adjudication/get-adjudication";

export type Reasons = { reason: AdjudicationReason; note: string; isGuidelineGap: boolean };

export const startReasons: Reasons = { reason: "slip", note: "", isGuidelineGap: false };

export const REASON_WORDS: Record<AdjudicationReason, string> = {
  slip: "A slip of the hand",
  misread_prompt: "The prompt was misread",
  unclear_concept: "The concept is unclear",
  unclear_image: "The image is unclear",
  guideline_gap: "The guidelines do not say",
  other: "Another reason, in the note",
};

/** Where the eye should begin: a tie, else a split vote, else the first image. */
export function firstDisputed(images: readonly AdjudicatedImage[]): number {
  const tied = images.findIndex((image) => image.final.verdict === null);
  if (tied >= 0) return tied;
  return Math.max(
    0,
    images.findIndex((image) => image.final.from === "majority"),
  );
}

/** "2-1": votes for correct against votes for incorrect. */
export function sayVotes({ votes }: Pick<AdjudicatedImage, "votes">): string {
  const of = (verdict: string) => votes.filter((vote) => vote === verdict).length;
  return `${of("correct")}-${of("incorrect")}`;
}
