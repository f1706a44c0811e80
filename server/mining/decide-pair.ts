import { eq } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import type { PairState } from "@/db/enums";
import { type Pair, pairs } from "@/db/schema";
import { endTokenStop } from "@/server/budget/end-token-stop";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wake } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { promptsFollow } from "./ask-for-prompts";
import { lockPair } from "./lock-pair";
import { markVariant } from "./mark-variant";
import { pairIsDrawn } from "./pair-is-drawn";
import type { DecidePair } from "./schemas";

const STATE_AFTER = {
  accept: "accepted",
  reject: "rejected",
  set_aside: "set_aside",
  undo: "proposed",
} satisfies Record<DecidePair["decision"], PairState>;

/** With a transaction as its database it is a part of that. */
type DecideContext = Pick<MemberContext, "viewer" | "member"> & { db: DbOrTx };

/** A person's word on a pair. Deciding the same twice changes nothing. */
export async function decidePair(
  { db, viewer, member }: DecideContext,
  decision: DecidePair,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const pair = await lockPair(tx, { projectId, pairId: decision.pairId });
    const state = STATE_AFTER[decision.decision];
    await refuseIfDrawn(tx, pair, state);
    await tx
      .update(pairs)
      .set({
        state,
        stage: stageAfter(pair, state),
        ...reasonOf(decision),
        ...decidedNow(state, viewer.accountId),
      })
      .where(eq(pairs.id, pair.id));
    const isVariant = decision.decision === "accept" && decision.asVariant === true;
    const marks = isVariant ? await markVariant(tx, pair) : {};
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: `pair.${decision.decision}`,
      subjectId: pair.id,
      payload: { before: pair.state, ...reasonOf(decision), ...marks },
    });
    if (state === "accepted") await promptsFollow(tx, { projectId, pairId: pair.id });
    if (pair.promptsHeldBy) await endTokenStop(tx, projectId);
    await wake(tx, pair.patternId);
    await notifyLive(tx, { projectId, topic: "pair", id: pair.id });
  });
}

async function refuseIfDrawn(tx: Tx, pair: Pair, state: PairState): Promise<void> {
  if (pair.state !== "accepted" || state === "accepted" || state === "set_aside") return;
  if (await pairIsDrawn(tx, { projectId: pair.projectId, pairId: pair.id }))
    throw new AppError("CONFLICT", "This pair has images already. Set it aside instead.");
}

/** Set aside, a pair keeps its place on the way, so that it can be taken back to it. */
function stageAfter({ stage }: Pair, state: PairState): Pair["stage"] {
  if (state === "accepted") return stage ?? "prompts";
  return state === "set_aside" ? stage : null;
}

const reasonOf = (decision: DecidePair) =>
  decision.decision === "reject"
    ? { reason: decision.reason, reasonText: decision.reasonText || null }
    : { reason: null, reasonText: null };

const decidedNow = (state: PairState, accountId: string) =>
  state === "proposed"
    ? { decidedBy: null, decidedAt: null }
    : { decidedBy: accountId, decidedAt: new Date() };
