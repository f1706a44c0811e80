import type { DbOrTx } from "@/db/client";
import { readVocabulary } from "@/server/generation/read-vocabulary";
import type { Drawable } from "./exchanges/contract";

/** What a proposer is told to choose from; nothing where the generator under test may draw anything. */
export async function readDrawable(db: DbOrTx, projectId: string): Promise<Drawable> {
  const vocabulary = await readVocabulary(db, projectId);
  return vocabulary ? { drawable: vocabulary.concepts } : {};
}
