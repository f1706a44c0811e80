import { createFeatureRanks, neededOverlap, type RankedForm, reaches } from "./feature-ranks";
import { type ConceptForm, conceptForm, TRIGRAMS_LIMIT, WORDS_LIMIT } from "./similarity";

export type ConceptIndex = {
  formOf: (concept: string) => ConceptForm;
  add: (concept: string) => void;
  /** Keys of the known concepts that pass the lexical step, the same concept included. */
  alike: (concept: string) => string[];
};

/**
 * Two sets with Jaccard t or more share one of their first n - ceil(t n) + 1 features in any
 * one order. Rarest first keeps the lists short, so `expected` should be what will be added.
 */
export function createConceptIndex(expected: Iterable<string>): ConceptIndex {
  const forms = new Map<string, ConceptForm>();
  const known = new Set<string>();
  const formOf = (concept: string): ConceptForm => {
    const cached = forms.get(concept);
    if (cached) return cached;
    const form = conceptForm(concept);
    forms.set(concept, form);
    return form;
  };
  const rank = createFeatureRanks([...new Set(expected)].map(formOf));
  const byWords = createSetIndex(WORDS_LIMIT);
  const byTrigrams = createSetIndex(TRIGRAMS_LIMIT);

  return {
    formOf,
    add(concept) {
      const form = formOf(concept);
      if (known.has(form.key)) return;
      known.add(form.key);
      const ranked = rank(form);
      byWords.add(form.key, ranked.words);
      byTrigrams.add(form.key, ranked.trigrams);
    },
    alike(concept) {
      const form = formOf(concept);
      const ranked: RankedForm = rank(form);
      const keys = new Set<string>(known.has(form.key) ? [form.key] : []);
      byWords.collect(ranked.words, keys);
      byTrigrams.collect(ranked.trigrams, keys);
      return [...keys];
    },
  };
}

type Member = { key: string; set: Int32Array };
/** Sets of one size that have the feature at one place: kept or passed over together. */
type Group = { at: number; size: number; members: Member[] };

/** Known sets, found by the first features that a set of such a likeness must share. */
function createSetIndex(limit: number) {
  const groups = new Map<number, Group[]>();
  const prefixOf = (set: Int32Array) =>
    set.subarray(0, set.length - Math.ceil(limit * set.length - 1e-9) + 1).entries();

  return {
    add(key: string, set: Int32Array) {
      for (const [at, feature] of prefixOf(set)) {
        const known = groups.get(feature) ?? [];
        const group = known.find((other) => other.at === at && other.size === set.length);
        if (group) group.members.push({ key, set });
        else groups.set(feature, [...known, { at, size: set.length, members: [{ key, set }] }]);
      }
    },
    collect(set: Int32Array, keys: Set<string>) {
      for (const [at, feature] of prefixOf(set))
        for (const group of groups.get(feature) ?? []) {
          // Had they shared an earlier feature, that one would have brought them together.
          const left = Math.min(set.length - at, group.size - group.at);
          if (left < neededOverlap(limit, set.length, group.size)) continue;
          for (const other of group.members)
            if (reaches(limit, set, other.set)) keys.add(other.key);
        }
    },
  };
}
