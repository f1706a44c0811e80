import { and, asc, eq, inArray } from "drizzle-orm";
import { pairs } from "@/db/schema";
import { endTokenStop } from "@/server/budget/end-token-stop";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wakePairs } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { CancelPrompts } from "./schemas";

const MOST_AT_ONCE = 500;

/**
 * Gives up on prompts that are not written yet, of these pairs or of all that are under way: an answer that comes
 * late is dropped. They can be asked for again.
 */
export async function cancelPrompts(
  { db, viewer, member }: MemberContext,
  { pairIds }: CancelPrompts,
): Promise<{ cancelled: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const left = await tx
      .select({ id: pairs.id, before: pairs.promptsState })
      .from(pairs)
      .where(
        and(
          eq(pairs.projectId, projectId),
          pairIds ? inArray(pairs.id, pairIds) : undefined,
          inArray(pairs.promptsState, pairIds ? [...UNDER_WAY, "waiting"] : [...UNDER_WAY]),
        ),
      )
      .orderBy(asc(pairs.id))
      .limit(MOST_AT_ONCE)
      .for("no key update");
    if (left.length < (pairIds?.length ?? 0))
      throw new AppError("NOT_FOUND", "These prompts are written or given up already");
    const ids = left.map(({ id }) => id);
    await tx
      .update(pairs)
      .set({ promptsState: "cancelled", promptsReason: null, promptsHeldBy: null })
      .where(inArray(pairs.id, ids));
    for (const { id, before } of left) {
      await recordDecision(tx, {
        projectId,
        actorId: viewer.accountId,
        action: "prompts.cancel",
        subjectId: id,
        payload: { before },
      });
      await notifyLive(tx, { projectId, topic: "pair", id });
    }
    await wakePairs(tx, ids);
    await endTokenStop(tx, projectId);
    return { cancelled: left.length };
  });
}

const UNDER_WAY = ["queued", "running"] as const;
