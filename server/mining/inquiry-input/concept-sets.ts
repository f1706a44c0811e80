import type { Db } from "@/db/client";
import type { Inquiry } from "@/db/schema";
import { InquiryParameters } from "../domain/inquiry-input";
import { CONCEPTS_IN_SET, type ConceptSetsInput } from "../exchanges/concept-sets";
import { PatternExamples } from "../exchanges/pattern-answer";
import { findPattern } from "../find-pattern";
import { readDrawable } from "../read-drawable";
import { guidanceTexts, guidanceUsed, readGuidance } from "../read-guidance";
import type { AskedWith } from "./asked-with";
import { newestPairs } from "./pattern-examples";
import { subjectOf } from "./subject-of";

export async function readConceptSetsInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<ConceptSetsInput>> {
  const { projectId, parameters } = inquiry;
  const patternId = subjectOf(inquiry, "patternId");
  const { name, definition, examples } = await findPattern(db, { projectId, patternId });
  const [accepted, guidance, drawable] = await Promise.all([
    newestPairs(db, patternId),
    readGuidance(db, { projectId, patternIds: [patternId] }),
    readDrawable(db, projectId),
  ]);
  const { n = CONCEPTS_IN_SET, seed = 0 } = InquiryParameters.parse(parameters);
  return {
    input: {
      pattern: { name, definition },
      examples: accepted.length > 0 ? accepted : PatternExamples.parse(examples),
      n,
      seed,
      ...drawable,
      guidance: guidanceTexts(guidance),
    },
    used: { guidance: guidanceUsed(guidance), exemplarIds: [] },
  };
}
