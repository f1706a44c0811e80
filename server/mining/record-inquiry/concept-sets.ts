import { eq, max } from "drizzle-orm";
import { conceptSets } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import { tidyConcept } from "../domain/concept";
import type { ConceptSetsAnswer, ConceptSetsInput } from "../exchanges/concept-sets";
import { subjectOf } from "../inquiry-input/subject-of";
import { lockProject } from "../lock-project";
import type { Recorder } from "./recorder";

/** The pattern's next two sets; a person picks the combinations. */
export const recordConceptSets: Recorder<ConceptSetsInput, ConceptSetsAnswer> = async (
  tx,
  { inquiry, answer, exchangeId },
) => {
  const { projectId } = inquiry;
  const patternId = subjectOf(inquiry, "patternId");
  await lockProject(tx, projectId);
  const [newest] = await tx
    .select({ number: max(conceptSets.number) })
    .from(conceptSets)
    .where(eq(conceptSets.patternId, patternId));
  const [set] = await tx
    .insert(conceptSets)
    .values({
      projectId,
      patternId,
      number: (newest?.number ?? 0) + 1,
      conceptsA: answer.a.map(tidyConcept),
      conceptsB: answer.b.map(tidyConcept),
      exchangeId,
    })
    .returning({ id: conceptSets.id, number: conceptSets.number });
  if (!set) throw new Error("The concept sets were not stored");
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "concept-set.record",
    subjectId: set.id,
    payload: { patternId, number: set.number, exchangeId },
  });
};
