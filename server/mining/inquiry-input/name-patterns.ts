import { and, asc, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Inquiry, pairs } from "@/db/schema";
import { InquiryParameters } from "../domain/inquiry-input";
import type { NamePatternsInput } from "../exchanges/name-patterns";
import { guidanceTexts, guidanceUsed, readGuidance } from "../read-guidance";
import type { AskedWith } from "./asked-with";
import { namesInUse } from "./names-in-use";

/** As many seeds as an answer can still keep apart. */
const MOST_SEEDS = 100;

/** The pairs that people brought: of one pattern where the inquiry names it, else of the project. */
export async function readNamePatternsInput(
  db: Db,
  { projectId, patternId, parameters }: Inquiry,
): Promise<AskedWith<NamePatternsInput>> {
  const [seeds, known, guidance] = await Promise.all([
    db
      .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB, latent: pairs.latent })
      .from(pairs)
      .where(
        and(
          eq(pairs.projectId, projectId),
          eq(pairs.state, "accepted"),
          patternId ? eq(pairs.patternId, patternId) : inArray(pairs.origin, ["human", "import"]),
        ),
      )
      .orderBy(asc(pairs.id))
      .limit(MOST_SEEDS),
    namesInUse(db, projectId),
    readGuidance(db, { projectId, patternIds: [] }),
  ]);
  const { seed = 0 } = InquiryParameters.parse(parameters);
  return {
    input: { pairs: seeds, known, guidance: guidanceTexts(guidance), seed },
    used: { guidance: guidanceUsed(guidance), exemplarIds: seeds.map(({ id }) => id) },
  };
}
