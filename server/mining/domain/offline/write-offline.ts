import { conceptKey } from "../concept";
import { hash32, seededDraws } from "../random";
import { findWord, type LexiconWord, lexicon } from "./lexicon";
import { inCaptions } from "./write-captions";

/** Five prompts by grammar, each longer and richer than the one before; equal for equal pairs. In `words` alone where that can be. */
export function writeOffline(a: string, b: string, words?: readonly string[]): string[] {
  return (words && inCaptions(a, b, new Set(words))) ?? byGrammar(a, b);
}

function byGrammar(a: string, b: string): string[] {
  const draw = seededDraws(hash32([conceptKey(a), conceptKey(b)].join("|")));
  const pick = (words: readonly string[]) => words[Math.floor(draw() * words.length)] ?? "";
  const { medium, light, setting, finish, look } = lexicon.grammar;
  const [drawn, lit, set, done, looks] = [medium, light, setting, finish, look].map(pick);
  const core = scene(a, b);
  return [
    core,
    `a ${drawn} of ${core}`,
    `a ${drawn} of ${core} ${lit}`,
    `a ${looks} ${drawn} of ${core} ${lit}, ${set}`,
    `a ${looks} ${drawn} of ${core} ${lit}, ${set}, ${done}`,
  ];
}

/** "iced coke in a tea cup", also across families; unknown words simply stand side by side. */
function scene(a: string, b: string): string {
  const contents = lexicon.families.flatMap((family) => family.a);
  const hosts = lexicon.families.flatMap((family) => family.b);
  const sideBySide = `${a} together with ${b}`;
  return (
    join(findWord(contents, a), findWord(hosts, b)) ??
    join(findWord(contents, b), findWord(hosts, a)) ??
    sideBySide
  );
}

const join = (content: LexiconWord | null, host: LexiconWord | null): string | null =>
  content && host && `${content.phrase} ${host.phrase}`;
