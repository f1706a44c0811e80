import { PROMPT_COUNT, wordCount } from "../prompt-checks";
import { findWord, type LexiconFamily, type LexiconWord, lexicon } from "./lexicon";

/** Of a content at a host, in the known words alone; null where one of them is not in the lexicon, or a word is not known. */
export function inCaptions(a: string, b: string, known: ReadonlySet<string>): string[] | null {
  const captions = captionsOf(a, b) ?? captionsOf(b, a);
  const isKnown = (text: string) => text.split(" ").every((word) => known.has(word));
  return captions?.every(isKnown) ? captions : null;
}

function captionsOf(content: string, host: string): string[] | null {
  const word = findWord(
    lexicon.families.flatMap((family) => family.a),
    content,
  );
  for (const family of lexicon.families) {
    const at = findWord(family.b, host);
    if (word && at) return rising(family.captions.map((text) => filledIn(text, word, at, family)));
  }
  return null;
}

/** {a} is the content as it stands in a sentence, {x} its bare name, {b} the host, {in} a place's preposition. */
function filledIn(
  text: string,
  content: LexiconWord,
  host: LexiconWord,
  { id }: LexiconFamily,
): string {
  const [preposition = "", ...rest] = host.phrase.split(" ");
  const isPlace = id === PLACES;
  return text
    .replace("{a}", content.phrase)
    .replace("{x}", content.name)
    .replace("{b}", isPlace ? `the ${host.name}` : rest.join(" "))
    .replace("{in}", preposition === "on" ? "on" : "in");
}

/** The captions call a place by its name alone. */
const PLACES = "F2";

/** The first five that are each longer than the one before: an article more or less decides which those are. */
function rising(texts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const text of texts) {
    const before = kept.at(-1);
    if (!before || wordCount(text) > wordCount(before)) kept.push(text);
  }
  return kept.slice(0, PROMPT_COUNT);
}
