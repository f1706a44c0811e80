import { CONCEPT_MAX_CHARS, conceptKey } from "./concept";

export type ConceptPair = { a: string; b: string; latent?: string | null };

/** Which of the words it is about, and the sentence. */
export type PairProblem = { field: keyof ConceptPair; says: string };

/** Why these words cannot be a pair, in a sentence; null when they can. */
export const checkPair = (pair: ConceptPair): string | null => findPairProblem(pair)?.says ?? null;

/** The same, with the words that are to be mended. */
export function findPairProblem({ a, b, latent }: ConceptPair): PairProblem | null {
  const isSame = conceptKey(a) === conceptKey(b);
  const found = {
    a: checkConcept("A", a),
    b: checkConcept("B", b) ?? (isSame ? "A and B are the same concept" : null),
    latent: checkLatent({ a, b, latent }),
  };
  for (const field of ["a", "b", "latent"] as const) {
    const says = found[field];
    if (says) return { field, says };
  }
  return null;
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
