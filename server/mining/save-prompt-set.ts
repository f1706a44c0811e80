import { endTokenStop } from "@/server/budget/end-token-stop";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wake } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { checkPrompts } from "./domain/prompt-checks";
import { insertPromptSet } from "./insert-prompt-set";
import { lockPair } from "./lock-pair";
import type { SavePromptSet } from "./schemas";

/** Stores five prompts that a person wrote or changed as the pair's next set. */
export async function savePromptSet(
  { db, viewer, member }: MemberContext,
  { pairId, prompts: texts }: SavePromptSet,
): Promise<{ promptSetId: string }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const pair = await lockPair(tx, { projectId, pairId });
    if (pair.state !== "accepted")
      throw new AppError("CONFLICT", "Accept the pair before you write its prompts");
    const problems = checkPrompts(texts, {
      a: pair.conceptA,
      b: pair.conceptB,
      latent: pair.latent,
    });
    if (problems.length > 0) throw new AppError("INVALID", inWords(problems));
    const author = { author: "human" as const, createdBy: viewer.accountId };
    const promptSetId = await insertPromptSet(tx, { projectId, pairId, texts, ...author });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "prompts.save",
      subjectId: pairId,
      payload: { promptSetId, texts },
    });
    if (pair.promptsHeldBy) await endTokenStop(tx, projectId);
    await wake(tx, pair.patternId);
    await notifyLive(tx, { projectId, topic: "pair", id: pairId });
    return { promptSetId };
  });
}

const inWords = (problems: ReturnType<typeof checkPrompts>) =>
  problems
    .slice(0, 5)
    .map(({ position, problem }) => (position ? `Prompt ${position}: ${problem}` : problem))
    .join(". ");
