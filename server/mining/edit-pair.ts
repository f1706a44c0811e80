import { and, eq, ne } from "drizzle-orm";
import { pairs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { checkPair } from "./domain/check-pair";
import { tidyConcept } from "./domain/concept";
import { pairKey } from "./domain/pair-key";
import { insertConcepts } from "./insert-pairs";
import { lockPair } from "./lock-pair";
import { lockProject } from "./lock-project";
import type { EditPair } from "./schemas";

/** Changes the words of a pair that still waits for its decision. */
export async function editPair(
  { db, viewer, member }: MemberContext,
  { pairId, a, b, latent }: EditPair,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const pair = await lockPair(tx, { projectId, pairId });
    if (pair.state !== "proposed")
      throw new AppError("CONFLICT", "Only a pair that waits for review can be edited");
    const problem = checkPair({ a, b, latent });
    if (problem) throw new AppError("INVALID", problem);
    const key = pairKey(a, b);
    const [twin] = await tx
      .select({ a: pairs.conceptA, b: pairs.conceptB })
      .from(pairs)
      .where(and(eq(pairs.projectId, projectId), eq(pairs.key, key), ne(pairs.id, pairId)));
    if (twin)
      throw new AppError("CONFLICT", `The project already has this pair as ${twin.a} × ${twin.b}`);
    const words = {
      conceptA: tidyConcept(a),
      conceptB: tidyConcept(b),
      latent: latent && tidyConcept(latent),
    };
    await insertConcepts(tx, [{ projectId, a, b }]);
    // Prompts written for other words would not show these.
    await tx
      .update(pairs)
      .set({ ...words, key, promptsState: null, promptsReason: null, promptsHeldBy: null })
      .where(eq(pairs.id, pairId));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pair.edit",
      subjectId: pairId,
      payload: {
        before: { a: pair.conceptA, b: pair.conceptB, latent: pair.latent },
        after: words,
      },
    });
    await notifyLive(tx, { projectId, topic: "pair", id: pairId });
  });
}
