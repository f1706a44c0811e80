import { conceptKey } from "../concept";

/** The keys of the concepts that the generator can draw; null: any. */
export type DrawableKeys = ReadonlySet<string> | null;

export const drawableKeys = ({
  drawable,
}: {
  drawable?: readonly string[] | undefined;
}): DrawableKeys => (drawable ? new Set(drawable.map(conceptKey)) : null);

/** The places of the words that can be drawn: the place of a word names its typical partner. */
export function drawablePlaces(words: readonly { name: string }[], keys: DrawableKeys): number[] {
  return words.flatMap(({ name }, at) => (!keys || keys.has(conceptKey(name)) ? [at] : []));
}
