import { randomUUID } from "node:crypto";
import { getSitting } from "@/server/rating/get-sitting";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "../claim";

/** The rater's next grid, rated through the product's verbs: the first `correct` images are correct. */
export async function rateNextGrid(
  rater: MemberContext,
  correct: number,
): Promise<{ sittingId: string }> {
  const sittingId = await claimSitting(rater);
  const { cells } = await getSitting(rater, sittingId);
  await recordVerdictEvents(rater, {
    sittingId,
    events: cells.map((cell, index) => ({
      clientKey: randomUUID(),
      clientSeq: index + 1,
      clientAt: new Date("2026-11-03T10:00:00Z"),
      imageId: cell.imageId,
      verdict: index < correct ? "correct" : "incorrect",
      detail: null,
      method: "direct",
    })),
  });
  await submitSitting(rater, {
    sittingId,
    guidelineVersion: 1,
    paintedAt: new Date("2026-11-03T09:59:00Z"),
    firstActionAt: new Date("2026-11-03T10:00:00Z"),
    activeMs: 42_000,
  });
  return { sittingId };
}
