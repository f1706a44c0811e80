import { and, eq, isNull } from "drizzle-orm";
import { pairs } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { tidyConcept } from "../domain/concept";
import type { GuessLatentAnswer, GuessLatentInput } from "../exchanges/guess-latent";
import { subjectOf } from "../inquiry-input/subject-of";
import type { Recorder } from "./recorder";

/** The guess stands as the pair's C unless the pair has one: what a person wrote is never overwritten. */
export const recordGuess: Recorder<GuessLatentInput, GuessLatentAnswer> = async (
  tx,
  { inquiry, answer, exchangeId },
) => {
  const { projectId } = inquiry;
  const pairId = subjectOf(inquiry, "pairId");
  const latent = tidyConcept(answer.latent);
  const taken = await tx
    .update(pairs)
    .set({ latent, rationale: answer.reason })
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId), isNull(pairs.latent)))
    .returning({ id: pairs.id });
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "pair.guess",
    subjectId: pairId,
    payload: { latent, reason: answer.reason, exchangeId, isTaken: taken.length > 0 },
  });
  await notifyLive(tx, { projectId, topic: "pair", id: pairId });
};
