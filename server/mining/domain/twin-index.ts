import { comparePairs, type Likeness, type PairWords } from "./compare-pairs";
import { pairKey } from "./pair-key";
import {
  type ConceptForm,
  compareConcepts,
  conceptForm,
  TRIGRAMS_LIMIT,
  WORDS_LIMIT,
} from "./similarity";

export type Twin<T> = Likeness & { pair: T };
export type TwinIndex<T> = {
  add: (pair: T) => void;
  find: (pair: PairWords) => Twin<T> | null;
};

/**
 * Finds the twin of a pair among very many. Concepts are looked up by a few sorted features:
 * two sets with Jaccard t or more share one of their first n - ceil(t n) + 1 features.
 */
export function createTwinIndex<T extends PairWords>(known: Iterable<T> = []): TwinIndex<T> {
  const byKey = new Map<string, T>();
  const concepts = createConceptIndex();

  const add = (pair: T) => {
    const key = pairKey(pair.a, pair.b);
    if (!byKey.has(key)) byKey.set(key, pair);
    concepts.add(pair.a);
    concepts.add(pair.b);
  };

  const find = (pair: PairWords): Twin<T> | null => {
    const same = byKey.get(pairKey(pair.a, pair.b));
    if (same) return { pair: same, step: "exact", similarity: 1 };
    const bs = concepts.alike(pair.b);
    const candidates = concepts
      .alike(pair.a)
      .flatMap((a) => bs.map((b) => byKey.get([a, b].sort().join("|"))))
      .filter((candidate) => candidate !== undefined);
    return best(
      candidates.map((candidate) => likeness(pair, candidate)).filter((twin) => twin !== null),
    );
  };

  for (const pair of known) add(pair);
  return { add, find };
}

function likeness<T extends PairWords>(pair: PairWords, candidate: T): Twin<T> | null {
  const like = comparePairs(pair, candidate);
  return like && { ...like, pair: candidate };
}

function best<T>(twins: readonly Twin<T>[]): Twin<T> | null {
  return twins.reduce<Twin<T> | null>(
    (top, twin) => (top && top.similarity >= twin.similarity ? top : twin),
    null,
  );
}

function createConceptIndex() {
  const forms = new Map<string, ConceptForm>();
  const postings = new Map<string, string[]>();

  return {
    add(concept: string) {
      const form = conceptForm(concept);
      if (forms.has(form.key)) return;
      forms.set(form.key, form);
      for (const feature of prefixFeatures(form)) {
        const posting = postings.get(feature);
        if (posting) posting.push(form.key);
        else postings.set(feature, [form.key]);
      }
    },
    /** Keys of the known concepts that pass the lexical step, the same concept included. */
    alike(concept: string): string[] {
      const form = conceptForm(concept);
      const keys = new Set(prefixFeatures(form).flatMap((feature) => postings.get(feature) ?? []));
      return [...keys].filter((key) => {
        const other = forms.get(key);
        return other !== undefined && compareConcepts(form, other).alike;
      });
    },
  };
}

function prefixFeatures(form: ConceptForm): string[] {
  return [
    `k${form.key}`,
    ...prefix(form.words, WORDS_LIMIT).map((word) => `w${word}`),
    ...prefix(form.trigrams, TRIGRAMS_LIMIT).map((trigram) => `t${trigram}`),
  ];
}

const prefix = (items: readonly string[], limit: number) =>
  items.slice(0, items.length - Math.ceil(limit * items.length) + 1);
