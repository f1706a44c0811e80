/** What an endpoint that tags is asked about every image. */
export type TagInput = { phrases: string[] };

/** A concept as a detector is asked for it, to whom a full stop ends a phrase. */
export const tagPhrase = (concept: string): string =>
  concept.replaceAll(".", " ").replaceAll(/\s+/g, " ").trim();

/** Both concepts, as words that no endpoint refuses: none is empty, none comes twice whatever its case. */
export function tagInput(concepts: readonly string[]): TagInput {
  const byCase = new Map<string, string>();
  for (const phrase of concepts.map(tagPhrase)) {
    const key = phrase.toLowerCase();
    if (phrase && !byCase.has(key)) byCase.set(key, phrase);
  }
  return { phrases: [...byCase.values()] };
}
