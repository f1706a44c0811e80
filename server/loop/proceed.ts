import { AppError } from "@/server/core/errors";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { openProposer } from "@/server/mining/open-proposer";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { advancePattern, lockForStep, mayGo } from "./advance";
import type { Proceed } from "./schemas";

/** A person says yes to a step that the pattern asks before; the next time it asks again. */
export async function proceed(
  { db, viewer, member }: MemberContext,
  { patternId, step }: Proceed,
): Promise<void> {
  const { projectId } = member;
  const llm = await openProposer(db);
  const proposer = `${llm.model} ${expandPattern.version}`;
  await db.transaction(async (tx) => {
    const pattern = await lockForStep(tx, { projectId, patternId });
    if (!pattern.isAuto)
      throw new AppError("CONFLICT", "This pattern does not run by itself: switch that on first");
    if (!(await mayGo(tx, pattern)))
      throw new AppError("CONFLICT", "This pattern or its phase is held: resume it first");
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "loop.proceed",
      subjectId: patternId,
      payload: { step },
    });
    await advancePattern(tx, pattern, { proposer, allow: step });
  });
}
