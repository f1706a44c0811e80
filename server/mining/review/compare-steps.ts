import { and, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { DuplicateStep } from "@/db/enums";
import { conceptVectors } from "@/db/schema";
import { type PairWords, wordingOf } from "../domain/compare-pairs";
import { conceptKey } from "../domain/concept";
import { compareMeaning, cosine } from "../domain/meaning/compare-meaning";
import { fromBytes } from "../domain/meaning/vector-bytes";
import { pairKey } from "../domain/pair-key";
import { meaningOf, openEmbedder } from "../open-embedder";

export type ComparedSteps = {
  caughtBy: DuplicateStep | null;
  isSameKey: boolean;
  /** The better of words and trigrams of its weaker concept. */
  wording: number;
  /** Null while the embedder in use has not been asked about all four concepts. */
  meaning: { similarity: number; flag: number } | null;
};
type Caught = { step: DuplicateStep | null; similarity: number | null };

/** How a proposal and its twin fare in all three steps, also in those that did not catch it. */
export async function compareSteps(
  db: DbOrTx,
  proposal: PairWords,
  twin: PairWords,
  { step, similarity }: Caught,
): Promise<ComparedSteps> {
  const { embedder, limits } = await meaningOf(db, await openEmbedder(db));
  const meant =
    step === "embedding" ? similarity : await meaningBetween(db, embedder, proposal, twin);
  return {
    caughtBy: step,
    isSameKey: pairKey(proposal.a, proposal.b) === pairKey(twin.a, twin.b),
    wording: step === "lexical" && similarity !== null ? similarity : wordingOf(proposal, twin),
    meaning: meant === null ? null : { similarity: meant, flag: limits.flag },
  };
}

async function meaningBetween(
  db: DbOrTx,
  embedder: string,
  proposal: PairWords,
  twin: PairWords,
): Promise<number | null> {
  const keys = [proposal.a, proposal.b, twin.a, twin.b].map(conceptKey);
  const rows = await db
    .select({ key: conceptVectors.key, vector: conceptVectors.vector })
    .from(conceptVectors)
    .where(and(eq(conceptVectors.embedder, embedder), inArray(conceptVectors.key, keys)));
  const known = new Map(rows.map(({ key, vector }) => [key, fromBytes(vector)]));
  return compareMeaning(proposal, twin, (x, y) => {
    const [mine, other] = [known.get(conceptKey(x)), known.get(conceptKey(y))];
    return mine && other ? cosine(mine, other) : null;
  });
}
