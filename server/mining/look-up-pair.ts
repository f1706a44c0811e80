import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { DuplicateStep } from "@/db/enums";
import { pairs } from "@/db/schema";
import { comparePairs, type PairWords } from "./domain/compare-pairs";
import { conceptKey } from "./domain/concept";
import { compareMeaning } from "./domain/meaning/compare-meaning";
import { joinKeys, pairKey } from "./domain/pair-key";
import { nearer } from "./domain/twin-index";
import { type AlikeConcept, findAlikeConcepts } from "./find-alike-concepts";
import { findNearConcepts, type NearConcept } from "./find-near-concepts";
import type { KnownPair } from "./load-pairs";
import type { Meaning } from "./open-embedder";

/** `isFlagged`: alike enough in meaning to be shown beside it, not enough to count as a repeat. */
export type FoundTwin = {
  pair: KnownPair;
  step: DuplicateStep;
  similarity: number;
  isFlagged: boolean;
};
export type LookedUp = {
  twin: FoundTwin | null;
  /** A concept the project has that this A or B merely rewords. */
  variantOfA: string | null;
  variantOfB: string | null;
};
type Likes = { alike: AlikeConcept[]; near: NearConcept[] };

/**
 * The pair of the project that this one repeats, if any, found without looking at the others: what it
 * costs hangs on how many concepts are alike, not on how many pairs there are. `meaning` null leaves the third step out.
 */
export async function lookUpPair(
  tx: Tx,
  projectId: string,
  pair: PairWords,
  meaning: Meaning | null = null,
): Promise<LookedUp> {
  const [same] = await pairsOf(tx, projectId, [pairKey(pair.a, pair.b)]);
  if (same) return { twin: exactly(same), variantOfA: null, variantOfB: null };
  // Each of these has its index, but the planner expects a shared band or a like word to match a third of the
  // table, and would rather read it all, or start workers that take longer than the work.
  await tx.execute(
    sql`set local enable_seqscan = off; set local max_parallel_workers_per_gather = 0`,
  );
  const found = await lookUpOther(tx, projectId, pair, meaning);
  await tx.execute(
    sql`set local enable_seqscan to default; set local max_parallel_workers_per_gather to default`,
  );
  return found;
}

async function lookUpOther(
  tx: Tx,
  projectId: string,
  pair: PairWords,
  meaning: Meaning | null,
): Promise<LookedUp> {
  const a: Likes = { alike: await findAlikeConcepts(tx, projectId, pair.a), near: [] };
  const b: Likes = { alike: await findAlikeConcepts(tx, projectId, pair.b), near: [] };
  const worded = wordedAlike(pair, await pairsOf(tx, projectId, combine(a, b)));
  // A repeat is no variant, and needs no third step.
  if (worded) return { twin: worded, variantOfA: null, variantOfB: null };
  if (meaning) {
    const sides = [pair.a, pair.b];
    const [nearA = [], nearB = []] = await findNearConcepts(tx, projectId, sides, meaning);
    a.near = nearA;
    b.near = nearB;
  }
  const candidates = a.near.length + b.near.length > 0 ? combine(a, b) : [];
  return {
    twin: meantAlike(pair, await pairsOf(tx, projectId, candidates), { a, b }, meaning),
    variantOfA: variantOf(pair.a, a),
    variantOfB: variantOf(pair.b, b),
  };
}

const exactly = (pair: KnownPair): FoundTwin => ({
  pair,
  step: "exact",
  similarity: 1,
  isFlagged: false,
});

const keysOf = ({ alike, near }: Likes) => [...new Set([...alike, ...near].map(({ key }) => key))];
const combine = (a: Likes, b: Likes) =>
  keysOf(a).flatMap((one) => keysOf(b).map((other) => joinKeys(one, other)));

function wordedAlike(pair: PairWords, candidates: readonly KnownPair[]): FoundTwin | null {
  return candidates.reduce<FoundTwin | null>((best, candidate) => {
    const like = comparePairs(pair, candidate);
    return nearer(best, like && { ...like, pair: candidate, isFlagged: false });
  }, null);
}

function meantAlike(
  pair: PairWords,
  candidates: readonly KnownPair[],
  likes: { a: Likes; b: Likes },
  meaning: Meaning | null,
): FoundTwin | null {
  if (!meaning) return null;
  const { flag, automatic } = meaning.limits;
  const near = (concept: string) => (concept === pair.a ? likes.a : likes.b).near;
  const alike = (mine: string, known: string) =>
    near(mine).find(({ key }) => key === conceptKey(known))?.cosine ?? null;
  return candidates.reduce<FoundTwin | null>((best, candidate) => {
    const similarity = compareMeaning(pair, candidate, alike);
    if (similarity === null || similarity < flag) return best;
    const isFlagged = similarity < automatic;
    return nearer(best, { pair: candidate, step: "embedding", similarity, isFlagged });
  }, null);
}

/** The known concept that is most like this one; null when it is known itself, or like none. */
function variantOf(concept: string, { alike, near }: Likes): string | null {
  const key = conceptKey(concept);
  const likes = [
    ...alike.map(({ score, ...known }) => ({ ...known, score })),
    ...near.map(({ cosine, ...known }) => ({ ...known, score: cosine })),
  ];
  if (likes.some((known) => known.key === key)) return null;
  return likes.sort((x, y) => y.score - x.score || (x.key < y.key ? -1 : 1))[0]?.text ?? null;
}

async function pairsOf(tx: Tx, projectId: string, keys: readonly string[]): Promise<KnownPair[]> {
  if (keys.length === 0) return [];
  return tx
    .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), inArray(pairs.key, [...new Set(keys)])));
}
