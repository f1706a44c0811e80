import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Judge } from "@/db/enums";
import { accounts, images, type Pair, pairs, quickLooks } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { type Look, lockLook, tellOfPair } from "./lock-look";
import type { JudgeLook } from "./schemas";

/**
 * A person's word on a quick look. A pair that is plainly fine is set aside; a wrong one goes on to its grid.
 * Saying the same twice changes nothing.
 */
export async function judgeLook(
  { db, viewer, member }: MemberContext,
  judgement: JudgeLook,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const { look, pair } = await lockLook(tx, { projectId, lookId: judgement.lookId });
    if (look.kind !== judgement.kind) throw new AppError("INVALID", "This look is another kind.");
    const count = await countOf(tx, look, judgement);
    if (isSaid(look, count)) return;
    refuseClosed(look, pair);
    const judge = await judgeOf(tx, viewer.accountId);
    await tx
      .update(quickLooks)
      .set({
        state: "judged",
        ...count,
        judge,
        judgedBy: viewer.accountId,
        judgedAt: sql`now()`,
      })
      .where(eq(quickLooks.id, look.id));
    const isFine = judgement.kind === "precheck" && judgement.verdict === "fine";
    const after = pair ? await movePair(tx, pair, isFine, viewer.accountId) : {};
    const { lookId: _, ...said } = judgement;
    const { pairId, conceptKey, generatorRevisionId } = look;
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "look.judge",
      subjectId: look.id,
      payload: { ...said, ...count, judge, pairId, conceptKey, generatorRevisionId, ...after },
    });
    await notifyLive(tx, { projectId, topic: "look", id: look.id });
    if (pair) await tellOfPair(tx, pair);
  });
}

type Count = { rated: number; correct: number };

async function countOf(tx: Tx, look: Look, judgement: JudgeLook): Promise<Count> {
  const rated = await tx.$count(images, eq(images.renderId, look.renderId));
  if (judgement.kind === "precheck") {
    return { rated, correct: judgement.verdict === "fine" ? rated : 0 };
  }
  const wrong = new Set(judgement.wrong);
  if ([...wrong].some((place) => place >= rated)) {
    throw new AppError("INVALID", `This look has only ${rated} images.`);
  }
  return { rated, correct: rated - wrong.size };
}

const isSaid = (look: Look, { rated, correct }: Count) =>
  look.state === "judged" && look.rated === rated && look.correct === correct;

function refuseClosed(look: Look, pair: Pair | null) {
  if (look.state === "judged") {
    throw new AppError("CONFLICT", "Somebody has judged this look otherwise just now.");
  }
  if (look.state !== "ready") throw new AppError("CONFLICT", "These images are not drawn yet.");
  if (pair && pair.state !== "accepted") {
    throw new AppError("CONFLICT", "This pair is not accepted any more.");
  }
}

async function judgeOf(tx: Tx, accountId: string): Promise<Judge> {
  const [account] = await tx
    .select({ isSimulated: accounts.isSimulated })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return account?.isSimulated ? "simulated" : "human";
}

/** What the log says of it, for whoever replays it. */
async function movePair(tx: Tx, pair: Pair, isFine: boolean, accountId: string) {
  if (isFine) {
    // Whoever accepts it again overrules the look: then the grid is what is left to do.
    const aside = { state: "set_aside", reason: "plainly_fine", stage: "grid" } as const;
    await tx
      .update(pairs)
      .set({ ...aside, decidedBy: accountId, decidedAt: sql`now()` })
      .where(eq(pairs.id, pair.id));
    return { ...aside, before: pair.state, stages: [stageMove(pair, "grid")] };
  }
  // One whose grid was asked for meanwhile is further on already.
  if (pair.stage === "rating" || pair.stage === "rated") return {};
  await tx.update(pairs).set({ stage: "grid" }).where(eq(pairs.id, pair.id));
  return { stages: [stageMove(pair, "grid")] };
}

const stageMove = (pair: Pair, to: Pair["stage"]) => ({ pairId: pair.id, from: pair.stage, to });
