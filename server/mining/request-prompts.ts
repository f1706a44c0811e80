import { and, eq, inArray, isNull, or } from "drizzle-orm";
import { pairs } from "@/db/schema";
import { endTokenStop } from "@/server/budget/end-token-stop";
import { AppError } from "@/server/core/errors";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { askForPrompts } from "./ask-for-prompts";
import { lockPair } from "./lock-pair";

const MOST_AT_ONCE = 500;

/** Asks (again) for one pair's prompts. */
export async function requestPrompts(
  { db, viewer, member }: MemberContext,
  { pairId }: { pairId: string },
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const pair = await lockPair(tx, { projectId, pairId });
    if (pair.state !== "accepted") throw new AppError("CONFLICT", "Accept the pair first");
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "prompts.request",
      subjectId: pairId,
      payload: { before: pair.promptsState },
    });
    await askForPrompts(tx, { projectId, pairId });
    if (pair.promptsHeldBy) await endTokenStop(tx, projectId);
  });
}

/** Asks for the prompts of accepted pairs that have none, some hundred at a time. */
export async function requestMissingPrompts({
  db,
  member,
}: Pick<MemberContext, "db" | "member">): Promise<{ asked: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const missing = await tx
      .select({ id: pairs.id })
      .from(pairs)
      .where(
        and(
          eq(pairs.projectId, projectId),
          eq(pairs.state, "accepted"),
          or(isNull(pairs.promptsState), inArray(pairs.promptsState, ["waiting", "cancelled"])),
        ),
      )
      .orderBy(pairs.id)
      .limit(MOST_AT_ONCE);
    let asked = 0;
    for (const { id } of missing)
      if (await askForPrompts(tx, { projectId, pairId: id })) asked += 1;
    await endTokenStop(tx, projectId);
    return { asked };
  });
}
