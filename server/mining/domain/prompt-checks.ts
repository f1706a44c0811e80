import { comparableWords, conceptKey } from "./concept";

export const PROMPT_COUNT = 5;
export const PROMPT_MAX_CHARS = 400;
const NEGATIONS =
  /(?<![\p{L}\p{N}])(?:no|not|never|none|without|neither|nor|cannot|except|lacking|minus|instead of|rather than|\p{L}+n['’]t)(?![\p{L}\p{N}])/iu;

export type PromptProblem = { position: number | null; problem: string };
export type PromptSubject = { a: string; b: string; latent: string | null };

/** What is wrong with a set of prompts; an empty list means it may be drawn. */
export function checkPrompts(texts: readonly string[], subject: PromptSubject): PromptProblem[] {
  const problems: PromptProblem[] = [];
  if (texts.length !== PROMPT_COUNT)
    problems.push({
      position: null,
      problem: `${texts.length} prompts; ${PROMPT_COUNT} are needed`,
    });
  texts.forEach((text, index) => {
    for (const problem of checkOne(text, subject)) problems.push({ position: index + 1, problem });
  });
  return [...problems, ...checkOrder(texts)];
}

export const wordCount = (text: string): number => text.trim().split(/\s+/u).filter(Boolean).length;

function checkOne(text: string, { a, b, latent }: PromptSubject): string[] {
  if (text.trim() === "") return ["it is empty"];
  const problems: string[] = [];
  if (text.length > PROMPT_MAX_CHARS)
    problems.push(`it is longer than ${PROMPT_MAX_CHARS} characters`);
  for (const concept of [a, b])
    if (!names(text, concept)) problems.push(`it does not show “${concept}”`);
  const rest = withoutConcepts(comparableWords(text), [a, b]);
  if (latent && containsKey(rest, conceptKey(latent)))
    problems.push(`it names the latent concept “${latent}”`);
  const negation = NEGATIONS.exec(withoutLiteral(text, [a, b]))?.[0];
  if (negation) problems.push(`it says what is absent (“${negation.toLowerCase()}”)`);
  return problems;
}

function checkOrder(texts: readonly string[]): PromptProblem[] {
  const problems: PromptProblem[] = [];
  const keys = texts.map((text) => comparableWords(text).join(" "));
  keys.forEach((key, index) => {
    const first = keys.indexOf(key);
    if (key !== "" && first < index)
      problems.push({ position: index + 1, problem: `it repeats prompt ${first + 1}` });
    const before = texts[index - 1];
    const text = texts[index];
    if (before !== undefined && text !== undefined && wordCount(text) <= wordCount(before))
      problems.push({ position: index + 1, problem: `it is not longer than prompt ${index}` });
  });
  return problems;
}

/** Whether the text shows the concept, in singular or plural, joined or hyphenated. */
export function names(text: string, concept: string): boolean {
  return containsKey(comparableWords(text), conceptKey(concept));
}

function containsKey(words: readonly string[], key: string): boolean {
  return key !== "" && words.some((_, start) => spanOf(words, start, key) > 0);
}

/** How many words from `start` join to exactly this key; 0 when none do. */
function spanOf(words: readonly string[], start: number, key: string): number {
  let joined = "";
  for (let end = start; end < words.length && joined.length < key.length; end += 1) {
    joined += words[end];
    if (joined === key) return end - start + 1;
  }
  return 0;
}

/** A latent "glass" is not named by the B of "a wine glass": A and B are cut out first. */
function withoutConcepts(words: readonly string[], concepts: readonly string[]): string[] {
  const keys = concepts.map(conceptKey).sort((x, y) => y.length - x.length);
  const rest: string[] = [];
  for (let at = 0; at < words.length; ) {
    const span = Math.max(...keys.map((key) => spanOf(words, at, key)));
    // A mark that is no word, so that what stood left and right of a concept never joins.
    rest.push(span > 0 ? "\u0000" : (words[at] ?? ""));
    at += Math.max(span, 1);
  }
  return rest;
}

function withoutLiteral(text: string, concepts: readonly string[]): string {
  return concepts.reduce(
    (rest, concept) => rest.toLowerCase().replaceAll(concept.toLowerCase(), " "),
    text,
  );
}
