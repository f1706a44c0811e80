import { z } from "zod";

const Marked = z.looseObject({ id: z.int(), content: z.string() });

/** transformers' tokenizer.json of the generator: lower case, split at spaces, no punctuation, one id a word. */
export const WordTokenizer = z.looseObject({
  normalizer: z.looseObject({ type: z.literal("Lowercase") }),
  pre_tokenizer: z.looseObject({
    type: z.literal("Sequence"),
    pretokenizers: z.tuple([
      z.looseObject({ type: z.literal("WhitespaceSplit") }),
      z.looseObject({ type: z.literal("Punctuation"), behavior: z.literal("Removed") }),
    ]),
  }),
  post_processor: z.looseObject({ type: z.literal("TemplateProcessing") }),
  added_tokens: z.array(Marked),
  model: z.looseObject({
    type: z.literal("WordLevel"),
    unk_token: z.string(),
    vocab: z.record(z.string(), z.int()),
  }),
});
export type WordTokenizer = z.infer<typeof WordTokenizer>;

export const Marks = z.looseObject({
  bos_token: z.string(),
  eos_token: z.string(),
  model_max_length: z.int().min(3).max(1024),
});
export type Marks = z.infer<typeof Marks>;

export type Tokens = {
  /** As many as the encoder reads, filled up with the end's mark. */
  ids: number[];
  /** The words that it does not know, each once. */
  unknown: string[];
  /** What is behind its last token, as Python's tokenizer tells it; empty when all of it fits. */
  removed: string;
};
export type Tokenize = (text: string) => Tokens;

export function makeTokenizer({ model, added_tokens }: WordTokenizer, marks: Marks): Tokenize {
  const { vocab, unk_token: unknownMark } = model;
  const most = marks.model_max_length - 2;
  const [begin, end, unknownId] = [marks.bos_token, marks.eos_token, unknownMark].map(
    (mark) => vocab[mark] ?? added_tokens.find(({ content }) => content === mark)?.id ?? 0,
  ) as [number, number, number];
  const own = new Map(added_tokens.map(({ content, id }) => [content, id]));
  const known = (word: string) =>
    own.get(word) ?? (Object.hasOwn(vocab, word) ? vocab[word] : undefined);
  return (text) => {
    const words = wordsOf(text, [...own.keys()]);
    const ids = words.map((word) => known(word) ?? unknownId);
    const kept = ids.slice(0, most);
    const filler = Array<number>(most - kept.length).fill(end);
    return {
      ids: [begin, ...kept, end, ...filler],
      unknown: [...new Set(words.filter((word) => known(word) === undefined))],
      removed: words
        .slice(most)
        .map((word) => (known(word) === undefined ? unknownMark : word))
        .join(" "),
    };
  };
}

// Rust's white space, which is Unicode's and not JavaScript's.
const SPACES = /\p{White_Space}+/u;
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]+/u;

/** A mark that stands in the text is that mark, as in transformers; everything else is cut into words. */
function wordsOf(text: string, marks: readonly string[]): string[] {
  const at = marks.filter((mark) => text.includes(mark));
  const [mark] = at.toSorted((a, b) => text.indexOf(a) - text.indexOf(b));
  if (mark === undefined) {
    return lowerCase(text)
      .split(SPACES)
      .flatMap((part) => part.split(PUNCTUATION))
      .filter(Boolean);
  }
  const place = text.indexOf(mark);
  return [
    ...wordsOf(text.slice(0, place), []),
    mark,
    ...wordsOf(text.slice(place + mark.length), marks),
  ];
}

/** Letter by letter: JavaScript's own gives a sigma at the end of a word another form. */
const lowerCase = (text: string) => Array.from(text, (letter) => letter.toLowerCase()).join("");
