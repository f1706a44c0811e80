import { z } from "zod";
import { conceptKey } from "../concept";
import data from "./lexicon.json";

const Word = z.object({ name: z.string(), phrase: z.string() });
const Family = z.object({
  id: z.string(),
  label: z.string(),
  cuesA: z.array(z.string()),
  cuesB: z.array(z.string()),
  cause: z.string(),
  /** Prompts in the words of the captions that Tiny World was trained on: of things at one of these hosts, the longer the later. */
  captions: z.array(z.string()),
  a: z.array(Word),
  b: z.array(Word),
});
const Words = z.array(z.string()).min(1);
const Lexicon = z.object({
  version: z.string(),
  families: z.array(Family),
  grammar: z.object({ medium: Words, light: Words, setting: Words, finish: Words, look: Words }),
});

export type LexiconFamily = z.infer<typeof Family>;
export type LexiconWord = z.infer<typeof Word>;

/** The world of four families. The partner on the same index is the typical one. */
export const lexicon = Lexicon.parse(data);

export const findWord = (words: readonly LexiconWord[], concept: string): LexiconWord | null =>
  words.find((word) => conceptKey(word.name) === conceptKey(concept)) ?? null;
