import { and, eq, sum } from "drizzle-orm";
import { pairCounts } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import { FEWEST_SEEDS, type PatternId } from "./domain/pattern-input";
import { lockPattern } from "./lock-pattern";

/** Phase 1: asks which patterns stand behind the seeds that lie together in one catch-all pattern. */
export async function requestPatternNames(
  { db, viewer, member: { projectId } }: MemberContext,
  { patternId }: PatternId,
): Promise<{ inquiryId: string }> {
  return db.transaction(async (tx) => {
    const { name } = await lockPattern(tx, { projectId, patternId });
    const [seeds] = await tx
      .select({ pairs: sum(pairCounts.pairs).mapWith(Number) })
      .from(pairCounts)
      .where(
        and(
          eq(pairCounts.projectId, projectId),
          eq(pairCounts.patternId, patternId),
          eq(pairCounts.phase, 1),
          eq(pairCounts.state, "accepted"),
        ),
      );
    if ((seeds?.pairs ?? 0) < FEWEST_SEEDS)
      throw new AppError(
        "CONFLICT",
        `“${name}” has ${seeds?.pairs ?? 0} accepted seeds; naming patterns needs ${FEWEST_SEEDS}`,
      );
    return askOnce(tx, {
      projectId,
      actorId: viewer.accountId,
      purpose: "name_patterns",
      patternId,
      parameters: {},
    });
  });
}
