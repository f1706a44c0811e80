import { randomUUID } from "node:crypto";
import type { Verdict } from "@/db/enums";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import type { VerdictEvent } from "@/server/rating/schemas";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";

export const verdictEvent = (
  imageId: string,
  clientSeq: number,
  verdict: Verdict | null,
): VerdictEvent => ({
  clientKey: randomUUID(),
  clientSeq,
  clientAt: new Date(2026, 0, 1, 12, 0, clientSeq),
  imageId,
  verdict,
  detail: null,
  method: verdict ? "direct" : "undo",
});

/** Judges all images of a sitting: the first `correct` ones correct, the rest incorrect. */
export async function judgeAll(
  rater: MemberContext,
  sittingId: string,
  { imageIds, correct, from = 1 }: { imageIds: readonly string[]; correct: number; from?: number },
): Promise<void> {
  const events = imageIds.map((imageId, index) =>
    verdictEvent(imageId, from + index, index < correct ? "correct" : "incorrect"),
  );
  await recordVerdictEvents(rater, { sittingId, events });
}

export type Pace = { activeMs: number };

export async function submit(
  rater: MemberContext,
  sittingId: string,
  { activeMs }: Pace = { activeMs: 61_000 },
): Promise<void> {
  await submitSitting(rater, {
    sittingId,
    guidelineVersion: 0,
    paintedAt: new Date(2026, 0, 1, 12),
    firstActionAt: new Date(2026, 0, 1, 12, 0, 2),
    clientSubmittedAt: new Date(2026, 0, 1, 12, 1, 30),
    activeMs,
  });
}
