import { compareForms, type Likeness, type PairWords } from "./compare-pairs";
import { type ConceptIndex, createConceptIndex } from "./concept-index";
import { joinKeys, pairKey } from "./pair-key";

export type Twin<T> = Likeness & { pair: T };
export type TwinIndex<T> = {
  add: (pair: T) => void;
  find: (pair: PairWords) => Twin<T> | null;
};

/** Finds the twin of a pair among very many; `expected` are pairs that will be added later. */
export function createTwinIndex<T extends PairWords>(
  known: readonly T[] = [],
  expected: readonly PairWords[] = [],
): TwinIndex<T> {
  const byKey = new Map<string, T>();
  const concepts = createConceptIndex([...known, ...expected].flatMap(({ a, b }) => [a, b]));
  const keyOf = ({ a, b }: PairWords) => joinKeys(concepts.formOf(a).key, concepts.formOf(b).key);

  const add = (pair: T) => {
    const key = keyOf(pair);
    if (!byKey.has(key)) byKey.set(key, pair);
    concepts.add(pair.a);
    concepts.add(pair.b);
  };
  for (const pair of known) add(pair);

  return {
    add,
    find: (pair) => {
      const same = byKey.get(keyOf(pair));
      if (same) return { pair: same, step: "exact", similarity: 1 };
      const as = concepts.alike(pair.a);
      // Most concepts are like no other: then the second look-up is spared.
      const bs = as.length === 0 ? [] : concepts.alike(pair.b);
      const candidates = as.flatMap((a) => bs.map((b) => byKey.get(joinKeys(a, b))));
      return candidates.reduce<Twin<T> | null>(
        (best, candidate) => nearer(best, candidate && twinOf(concepts, pair, candidate)),
        null,
      );
    },
  };
}

function twinOf<T extends PairWords>(
  { formOf }: ConceptIndex,
  pair: PairWords,
  candidate: T,
): Twin<T> | null {
  const forms = ({ a, b }: PairWords) => ({ a: formOf(a), b: formOf(b) });
  const like = compareForms(forms(pair), forms(candidate));
  return like && { ...like, pair: candidate };
}

/** The twin that is more alike; of two that are equally so the one whose key comes first. */
export function nearer<T extends { similarity: number; pair: PairWords }>(
  best: T | null,
  next: T | null | undefined,
): T | null {
  if (!next || !best) return next ?? best;
  if (next.similarity !== best.similarity) return next.similarity > best.similarity ? next : best;
  return wordsKey(next.pair) < wordsKey(best.pair) ? next : best;
}

const wordsKey = ({ a, b }: PairWords) => pairKey(a, b);
