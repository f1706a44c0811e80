import { and, asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { Verdict } from "@/db/enums";
import { goldVerdicts, gridImages, sittings, verdicts } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";

export type FeedbackCell = {
  imageId: string;
  verdict: Verdict | null;
  expected: Verdict;
  explanation: string | null;
};

/** How each image of a submitted training grid was meant. Of any other grid nothing is ever told. */
export async function trainingFeedback(
  { db, viewer, member }: MemberContext,
  sittingId: string,
): Promise<FeedbackCell[]> {
  const [sitting] = await db
    .select({ id: sittings.id, gridId: sittings.gridId })
    .from(sittings)
    .where(
      and(
        eq(sittings.id, sittingId),
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
        eq(sittings.kind, "training"),
        eq(sittings.state, "submitted"),
      ),
    );
  if (!sitting) throw new AppError("NOT_FOUND", "There is nothing to tell about this grid.");
  return readFeedback(db, sitting);
}

/** The caller has made sure that it is a submitted training sitting. */
export function readFeedback(
  db: DbOrTx,
  { id, gridId }: { id: string; gridId: string },
): Promise<FeedbackCell[]> {
  return db
    .select({
      imageId: gridImages.imageId,
      verdict: verdicts.verdict,
      expected: goldVerdicts.verdict,
      explanation: goldVerdicts.explanation,
    })
    .from(gridImages)
    .innerJoin(
      goldVerdicts,
      and(eq(goldVerdicts.gridId, gridImages.gridId), eq(goldVerdicts.imageId, gridImages.imageId)),
    )
    .leftJoin(verdicts, and(eq(verdicts.sittingId, id), eq(verdicts.imageId, gridImages.imageId)))
    .where(eq(gridImages.gridId, gridId))
    .orderBy(asc(gridImages.position));
}
