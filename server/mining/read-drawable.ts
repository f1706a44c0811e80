import type { DbOrTx } from "@/db/client";
import { readVocabulary } from "@/server/generation/read-vocabulary";
import type { Drawable, KnownWords } from "./exchanges/contract";

const MOST_WORDS = 500;

/** What a writer of prompts is told to keep to; nothing where the generator under test may know any word, or very many. */
export async function readKnownWords(db: DbOrTx, projectId: string): Promise<KnownWords> {
  const words = (await readVocabulary(db, projectId))?.words;
  return words && words.length <= MOST_WORDS ? { words } : {};
}

/** What a proposer is told to choose from; nothing where the generator under test may draw anything. */
export async function readDrawable(db: DbOrTx, projectId: string): Promise<Drawable> {
  const vocabulary = await readVocabulary(db, projectId);
  return vocabulary ? { drawable: vocabulary.concepts } : {};
}
