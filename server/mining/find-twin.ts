import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { DuplicateStep } from "@/db/enums";
import { pairs } from "@/db/schema";
import { comparePairs, type PairWords } from "./domain/compare-pairs";
import { joinKeys, pairKey } from "./domain/pair-key";
import { nearer } from "./domain/twin-index";
import { findAlikeConcepts } from "./find-alike-concepts";
import type { KnownPair } from "./load-pairs";

export type FoundTwin = { pair: KnownPair; step: DuplicateStep; similarity: number };

/**
 * The pair of the project that this one repeats, if any, found without looking at the others: what it
 * costs hangs on how many concepts are alike, not on how many pairs there are.
 */
export async function findTwin(
  tx: Tx,
  projectId: string,
  pair: PairWords,
): Promise<FoundTwin | null> {
  const [same] = await pairsOf(tx, projectId, [pairKey(pair.a, pair.b)]);
  if (same) return { pair: same, step: "exact", similarity: 1 };
  const as = await findAlikeConcepts(tx, projectId, pair.a);
  // Most concepts are like no other: then the second look-up is spared.
  const bs = as.length === 0 ? [] : await findAlikeConcepts(tx, projectId, pair.b);
  const candidates = await pairsOf(tx, projectId, combine(as, bs));
  return candidates.reduce<FoundTwin | null>((best, candidate) => {
    const like = comparePairs(pair, candidate);
    return nearer(best, like && { ...like, pair: candidate });
  }, null);
}

const combine = (as: readonly string[], bs: readonly string[]) =>
  as.flatMap((a) => bs.map((b) => joinKeys(a, b)));

async function pairsOf(tx: Tx, projectId: string, keys: readonly string[]): Promise<KnownPair[]> {
  if (keys.length === 0) return [];
  return tx
    .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), inArray(pairs.key, [...new Set(keys)])));
}
