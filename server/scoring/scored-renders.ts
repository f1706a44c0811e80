import { and, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairs, prompts, renders, runRenders } from "@/db/schema";
import { hashOf } from "@/server/generation/hashes";
import { type AskedScorer, scoreTexts } from "./domain/score-texts";

export type ScoreInput = { scores: AskedScorer[] };
export type ScorableRender = { renderId: string; input: ScoreInput; inputHash: string };

/** The finished renders of these runs that are about a pair, each with what its images are to be asked. */
export async function scoredRenders(
  db: DbOrTx,
  runIds: readonly string[],
  scorers: readonly string[],
): Promise<ScorableRender[]> {
  const rows = await db
    .selectDistinct({
      renderId: renders.id,
      prompt: prompts.text,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
    })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(pairs, eq(pairs.id, runRenders.pairId))
    .where(and(inArray(runRenders.runId, [...runIds]), eq(renders.state, "done")))
    .orderBy(renders.id);
  return rows.map(({ renderId, ...drawn }) => {
    const input = { scores: scorers.map((scorer) => scoreTexts(scorer, drawn)) };
    return { renderId, input, inputHash: hashOf(input) };
  });
}
