import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pair, pairs, quickLooks } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { promptsFollow } from "@/server/mining/ask-for-prompts";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { type Look, lockLook, tellOfPair } from "./lock-look";

/** Takes a judgement back: the look waits again, and a pair that was set aside by it is accepted as before. */
export async function undoLook(
  { db, viewer, member }: MemberContext,
  { lookId }: { lookId: string },
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const { look, pair } = await lockLook(tx, { projectId, lookId });
    if (look.state === "ready") return;
    if (look.state !== "judged") throw new AppError("CONFLICT", "This look is not judged yet.");
    const after = pair ? await bringBack(tx, look, pair, viewer.accountId) : {};
    await tx
      .update(quickLooks)
      .set({
        state: "ready",
        rated: null,
        correct: null,
        judge: null,
        judgedBy: null,
        judgedAt: null,
      })
      .where(eq(quickLooks.id, look.id));
    const { kind, rated, correct, pairId, conceptKey, generatorRevisionId } = look;
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "look.undo",
      subjectId: look.id,
      payload: { kind, rated, correct, pairId, conceptKey, generatorRevisionId, ...after },
    });
    await notifyLive(tx, { projectId, topic: "look", id: look.id });
    if (pair) await tellOfPair(tx, pair);
  });
}

async function bringBack(tx: Tx, { correct }: Look, pair: Pair, accountId: string) {
  const wasFine = correct !== 0;
  refuseGoneOn(pair, wasFine);
  const back = { state: "accepted", stage: "quick_look", reason: null } as const;
  const decided = wasFine ? { decidedBy: accountId, decidedAt: sql`now()` } : {};
  await tx
    .update(pairs)
    .set({ ...back, ...decided })
    .where(eq(pairs.id, pair.id));
  if (wasFine) await promptsFollow(tx, { projectId: pair.projectId, pairId: pair.id });
  const stages = [{ pairId: pair.id, from: pair.stage, to: back.stage }];
  return { ...back, before: pair.state, stages };
}

function refuseGoneOn({ state, reason, stage }: Pair, wasFine: boolean) {
  if (wasFine && !(state === "set_aside" && reason === "plainly_fine")) {
    throw new AppError("CONFLICT", "This pair was taken back or decided on otherwise already.");
  }
  if (wasFine) return;
  if (state !== "accepted") {
    throw new AppError("CONFLICT", "This pair is not accepted any more.");
  }
  if (stage === "rating" || stage === "rated") {
    throw new AppError("CONFLICT", "Its grid is asked for already: set the pair aside instead.");
  }
}
