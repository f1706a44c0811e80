import type { Pattern } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { requireOpenPhase } from "@/server/loop/require-open-phase";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import type { RequestMerge } from "./domain/pattern-input";
import { lockPatterns } from "./lock-patterns";

/**
 * Phase 4: asks for the two crossings of two approved patterns, crossed ones among them, with pairs or
 * without. The answer makes new rows below these two, so no pattern can come to descend from itself.
 */
export async function requestMerge(
  { db, viewer, member: { projectId } }: MemberContext,
  { patternAId, patternBId }: RequestMerge,
): Promise<{ inquiryId: string }> {
  if (patternAId === patternBId)
    throw new AppError("INVALID", "A pattern cannot be crossed with itself. Choose two.");
  return db.transaction(async (tx) => {
    await requireOpenPhase(tx, { projectId, number: 4 });
    // One order, so that asking for B × A while A × B is under way is the same question.
    const [patternId, otherPatternId] = [patternAId, patternBId].sort();
    const parents = await lockPatterns(tx, { projectId, patternIds: [patternAId, patternBId] });
    for (const parent of parents) refuseUnapproved(parent);
    return askOnce(tx, {
      projectId,
      actorId: viewer.accountId,
      purpose: "merge_patterns",
      patternId,
      otherPatternId,
      parameters: {},
    });
  });
}

function refuseUnapproved({ name, state }: Pattern): void {
  if (state === "approved") return;
  throw new AppError("CONFLICT", `“${name}” is ${state}. Only approved patterns can be crossed.`);
}
