import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Inquiry, patterns } from "@/db/schema";
import { InquiryParameters } from "../domain/inquiry-input";
import type { ProposePatternsInput } from "../exchanges/propose-patterns";
import { readDrawable } from "../read-drawable";
import { guidanceTexts, guidanceUsed, readGuidance } from "../read-guidance";
import type { AskedWith } from "./asked-with";
import { namesInUse } from "./names-in-use";
import { readPatternsWithYield } from "./pattern-examples";

const USUAL = 3;

export async function readProposePatternsInput(
  db: Db,
  { projectId, parameters }: Inquiry,
): Promise<AskedWith<ProposePatternsInput>> {
  const approved = await db
    .select({ id: patterns.id })
    .from(patterns)
    .where(and(eq(patterns.projectId, projectId), eq(patterns.state, "approved")))
    .orderBy(asc(patterns.id));
  const patternIds = approved.map(({ id }) => id);
  const [shown, known, guidance, drawable] = await Promise.all([
    readPatternsWithYield(db, { projectId, patternIds }),
    namesInUse(db, projectId),
    readGuidance(db, { projectId, patternIds: [] }),
    readDrawable(db, projectId),
  ]);
  const { n = USUAL, seed = 0 } = InquiryParameters.parse(parameters);
  return {
    input: { patterns: shown, known, ...drawable, guidance: guidanceTexts(guidance), n, seed },
    used: { guidance: guidanceUsed(guidance), exemplarIds: [] },
  };
}
