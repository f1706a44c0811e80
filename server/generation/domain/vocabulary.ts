import { CONCEPT_MAX_CHARS, conceptKey } from "@/server/mining/domain/concept";

/** The concepts that a generator can draw, as its endpoint names them. */
export type Vocabulary = {
  generator: string;
  concepts: readonly string[];
  /** Every word that its prompts may have; null: it does not say. */
  words: readonly string[] | null;
};

/** Asks of one concept after the other; what is not written yet, or too long to be taken, counts for nothing. */
export function outsideOf({ concepts }: Pick<Vocabulary, "concepts">) {
  const known = new Set(concepts.map(conceptKey));
  return (concept: string): boolean => {
    if (concept.length > CONCEPT_MAX_CHARS) return false;
    const key = conceptKey(concept);
    return key !== "" && !known.has(key);
  };
}

/** Those of the concepts that it does not know, once each, in their order. */
export function outsideVocabulary(
  vocabulary: Pick<Vocabulary, "concepts">,
  asked: readonly (string | null)[],
): string[] {
  const isOutside = outsideOf(vocabulary);
  const strange = new Map<string, string>();
  for (const concept of asked) {
    if (!concept || !isOutside(concept)) continue;
    const key = conceptKey(concept);
    if (!strange.has(key)) strange.set(key, concept.trim());
  }
  return [...strange.values()];
}
