import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import type { PatternId } from "./domain/pattern-input";
import { lockPattern } from "./lock-pattern";

/** Asks for two sets of concepts of one pattern; a person then picks combinations on the A × B board. */
export async function requestConceptSets(
  { db, viewer, member: { projectId } }: MemberContext,
  { patternId }: PatternId,
): Promise<{ inquiryId: string }> {
  return db.transaction(async (tx) => {
    const { name, state } = await lockPattern(tx, { projectId, patternId });
    if (state !== "approved")
      throw new AppError("CONFLICT", `“${name}” is ${state}: approve it first`);
    return askOnce(tx, {
      projectId,
      actorId: viewer.accountId,
      purpose: "concept_sets",
      patternId,
      parameters: {},
    });
  });
}
