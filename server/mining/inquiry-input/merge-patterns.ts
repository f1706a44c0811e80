import type { Db } from "@/db/client";
import type { Inquiry } from "@/db/schema";
import { InquiryParameters } from "../domain/inquiry-input";
import type { MergePatternsInput } from "../exchanges/merge-patterns";
import { readDrawable } from "../read-drawable";
import { guidanceTexts, guidanceUsed, readGuidance } from "../read-guidance";
import type { AskedWith } from "./asked-with";
import { namesInUse } from "./names-in-use";
import { readPatternsWithYield } from "./pattern-examples";
import { subjectOf } from "./subject-of";

export async function readMergeInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<MergePatternsInput>> {
  const { projectId, parameters } = inquiry;
  const patternIds = [subjectOf(inquiry, "patternId"), subjectOf(inquiry, "otherPatternId")];
  const [[one, other], known, guidance, drawable] = await Promise.all([
    readPatternsWithYield(db, { projectId, patternIds }),
    namesInUse(db, projectId),
    readGuidance(db, { projectId, patternIds }),
    readDrawable(db, projectId),
  ]);
  if (!one || !other) throw new Error("A pattern to be crossed is gone");
  const { seed = 0 } = InquiryParameters.parse(parameters);
  return {
    input: { parents: [one, other], known, ...drawable, guidance: guidanceTexts(guidance), seed },
    used: { guidance: guidanceUsed(guidance), exemplarIds: [] },
  };
}
