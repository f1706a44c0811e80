import type { DbOrTx } from "@/db/client";
import { outsideVocabulary } from "@/server/generation/domain/vocabulary";
import { readVocabulary } from "@/server/generation/read-vocabulary";
import { conceptKey } from "@/server/mining/domain/concept";

const SHOWN = 8;

export type StrangeWords = { pairs: number; examples: string[]; generator: string };

/** Concepts that the generator under test does not know; null where it knows all, or names no vocabulary. */
export async function strangeWords(
  db: DbOrTx,
  projectId: string,
  lines: readonly { a: string | null; b: string | null }[],
): Promise<StrangeWords | null> {
  const vocabulary = await readVocabulary(db, projectId);
  if (!vocabulary) return null;
  const asked = lines.flatMap(({ a, b }) => [a, b]);
  const strange = outsideVocabulary(vocabulary, asked);
  const written = new Set(strange.map(conceptKey));
  const isStrange = (concept: string | null) =>
    concept !== null && written.has(conceptKey(concept));
  const pairs = lines.filter(({ a, b }) => isStrange(a) || isStrange(b)).length;
  const { generator } = vocabulary;
  return pairs > 0 ? { pairs, examples: strange.slice(0, SHOWN), generator } : null;
}
