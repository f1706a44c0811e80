import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pattern, pairs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { promptsFollow } from "./ask-for-prompts";
import { checkPair } from "./domain/check-pair";
import { pairKey } from "./domain/pair-key";
import { findPattern } from "./find-pattern";
import { insertPairs } from "./insert-pairs";
import { lockProject } from "./lock-project";
import type { AddPairs } from "./schemas";

/** Adds pairs that a person typed. They are accepted at once; one that the project has is refused. */
export async function addPairs(
  { db, viewer, member }: MemberContext,
  input: AddPairs,
): Promise<{ pairIds: string[] }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const pattern = await findPattern(tx, { projectId, patternId: input.patternId });
    refuseUndecided(pattern);
    const pairIds: string[] = [];
    for (const typed of input.pairs) {
      // Of one pair alone, whoever typed it knows which is meant.
      const which = input.pairs.length > 1 ? `${typed.a} × ${typed.b}: ` : "";
      const problem = checkPair(typed);
      if (problem) throw new AppError("INVALID", `${which}${problem}`);
      const twin = await findTwin(tx, projectId, typed);
      if (twin) throw new AppError("CONFLICT", `${which}already here as ${twin}`);
      pairIds.push(await insertAccepted(tx, pattern, viewer.accountId, typed));
    }
    return { pairIds };
  });
}

type Typed = AddPairs["pairs"][number];

/** Pairs of a pattern that was never approved would come back to nobody. */
function refuseUndecided({ name, state }: Pattern): void {
  if (state === "approved" || state === "retired") return;
  throw new AppError("CONFLICT", `“${name}” is ${state}. Add the pairs to an approved pattern.`);
}

export async function insertAccepted(
  tx: Tx,
  pattern: Pattern,
  accountId: string,
  { a, b, latent }: Typed,
): Promise<string> {
  const { projectId, id: patternId, phase } = pattern;
  const [pairId] = await insertPairs(tx, [
    {
      projectId,
      patternId,
      phase,
      a,
      b,
      latent,
      origin: "human",
      state: "accepted",
      decidedBy: accountId,
      decidedAt: new Date(),
    },
  ]);
  if (!pairId) throw new Error("The pair was not stored");
  await recordDecision(tx, {
    projectId,
    actorId: accountId,
    action: "pair.add",
    subjectId: pairId,
    payload: { a, b, latent, patternId },
  });
  await promptsFollow(tx, { projectId, pairId });
  await notifyLive(tx, { projectId, topic: "pair", id: pairId });
  return pairId;
}

/** Words that merely look alike are the person's to judge; the same pair is not. */
async function findTwin(tx: Tx, projectId: string, { a, b }: Typed): Promise<string | null> {
  const [twin] = await tx
    .select({ a: pairs.conceptA, b: pairs.conceptB, state: pairs.state })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), eq(pairs.key, pairKey(a, b))));
  if (!twin) return null;
  const state = twin.state === "accepted" ? "" : ` (${twin.state.replace("_", " ")})`;
  return `${twin.a} × ${twin.b}${state}`;
}
