import { CONCEPT_MAX_CHARS, conceptKey } from "@/server/mining/domain/concept";

/** The concepts that a generator can draw, as its endpoint names them. */
export type Vocabulary = {
  generator: string;
  concepts: readonly string[];
  /** Every word that its prompts may have; null: it does not say. */
  words: readonly string[] | null;
};

/** Those of the concepts that it does not know, once each, in their order; what is not written yet, or too long to be taken, counts for nothing. */
export function outsideVocabulary(
  { concepts }: Pick<Vocabulary, "concepts">,
  asked: readonly (string | null)[],
): string[] {
  const known = new Set(concepts.map(conceptKey));
  const strange = new Map<string, string>();
  for (const concept of asked) {
    if (concept && concept.length > CONCEPT_MAX_CHARS) continue;
    const key = conceptKey(concept ?? "");
    if (concept && key !== "" && !known.has(key) && !strange.has(key)) {
      strange.set(key, concept.trim());
    }
  }
  return [...strange.values()];
}
