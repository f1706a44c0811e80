import { CONCEPT_MAX_CHARS, conceptKey } from "./concept";

export type ConceptPair = { a: string; b: string; latent?: string | null };

/** Why these words cannot be a pair, in a sentence; null when they can. */
export function checkPair({ a, b, latent }: ConceptPair): string | null {
  return (
    checkConcept("A", a) ??
    checkConcept("B", b) ??
    (conceptKey(a) === conceptKey(b) ? "A and B are the same concept" : null) ??
    checkLatent({ a, b, latent })
  );
}

export function checkConcept(side: "A" | "B", concept: string): string | null {
  if (concept.trim() === "") return `Concept ${side} is empty`;
  if (concept.length > CONCEPT_MAX_CHARS)
    return `Concept ${side} is longer than ${CONCEPT_MAX_CHARS} characters`;
  if (conceptKey(concept) === "") return `Concept ${side} has no word in it`;
  return null;
}

function checkLatent({ a, b, latent }: ConceptPair): string | null {
  if (!latent) return null;
  if (latent.length > CONCEPT_MAX_CHARS)
    return `The latent concept is longer than ${CONCEPT_MAX_CHARS} characters`;
  if ([conceptKey(a), conceptKey(b)].includes(conceptKey(latent)))
    return "The latent concept is A or B itself";
  return null;
}
