import { exemplars } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { SetExemplar } from "./domain/steering-input";
import { lockPair } from "./lock-pair";

/** Whether the proposer must, may or must not be shown this pair as an example of its pattern, and how often. */
export async function setExemplar(
  { db, viewer, member }: MemberContext,
  { pairId, mode, weight }: SetExemplar,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const pair = await lockPair(tx, { projectId, pairId });
    if (mode === "pinned" && pair.state !== "accepted")
      throw new AppError("CONFLICT", "Only an accepted pair can be pinned as an example");
    await tx
      .insert(exemplars)
      .values({ pairId, projectId, mode, weight })
      .onConflictDoUpdate({ target: exemplars.pairId, set: { mode, weight } });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "exemplar.set",
      subjectId: pairId,
      payload: { mode, weight, patternId: pair.patternId },
    });
    await notifyLive(tx, { projectId, topic: "pair", id: pairId });
  });
}
