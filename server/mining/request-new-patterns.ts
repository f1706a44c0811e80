import { requireOpenPhase } from "@/server/loop/require-open-phase";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import type { RequestNewPatterns } from "./domain/pattern-input";

/** Phase 3: asks for patterns that none of those in use covers. They wait for a person's word. */
export async function requestNewPatterns(
  { db, viewer, member: { projectId } }: MemberContext,
  { n }: RequestNewPatterns,
): Promise<{ inquiryId: string }> {
  return db.transaction(async (tx) => {
    await requireOpenPhase(tx, { projectId, number: 3 });
    return askOnce(tx, {
      projectId,
      actorId: viewer.accountId,
      purpose: "propose_patterns",
      parameters: { n },
    });
  });
}
