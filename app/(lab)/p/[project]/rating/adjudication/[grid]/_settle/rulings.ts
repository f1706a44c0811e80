import { tooLong } from "@/app/_ui/too-long";
import { ADJUDICATION_REASONS, type AdjudicationReason } from "@/db/enums";
import type { AdjudicatedImage } from "@/server/adjudication/get-adjudication";
import { MAX_ADJUDICATION_NOTE } from "@/server/adjudication/schemas";

/** `reason` null: nobody has chosen one, and none is proposed. */
export type Reasons = { reason: AdjudicationReason | null; note: string; isGuidelineGap: boolean };

export const startReasons: Reasons = { reason: null, note: "", isGuidelineGap: false };

/** What is missing before so many chosen images can be settled; false: nothing. */
export function notReady(count: number, { reason, note }: Reasons): string | false {
  if (count === 0) return "Choose for an image first.";
  if (reason === null) return "Say why the votes differ.";
  if (reason === "other" && note.trim() === "") return "Say the reason in the note.";
  const excess = tooLong(note, MAX_ADJUDICATION_NOTE);
  return excess && `The note is too long. ${excess}`;
}

export const REASON_WORDS: Record<AdjudicationReason, string> = {
  slip: "A slip of the hand",
  misread_prompt: "The prompt was misread",
  unclear_concept: "The concept is unclear",
  unclear_image: "The image is unclear",
  guideline_gap: "The guidelines do not say",
  other: "Another reason, in the note",
};

/** Each reason has its number as a key. */
export const reasonOfKey = (key: string): AdjudicationReason | undefined =>
  /^\d$/.test(key) ? ADJUDICATION_REASONS[Number(key) - 1] : undefined;

/** A gap in the guidelines is marked with the reason that says so, and only that mark is taken back with it. */
export const withReason = (before: Reasons, reason: AdjudicationReason): Reasons => ({
  ...before,
  reason,
  isGuidelineGap:
    reason === "guideline_gap" || (before.isGuidelineGap && before.reason !== "guideline_gap"),
});

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
