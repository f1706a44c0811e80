import { findAll, type Vocabulary } from "../scene/vocabulary";
import { rawWordsOf } from "../scene/words";

/** The text whose number is the probability that a picture is none of the world's. */
export const MALFORMED = "malformed";
/** A head that gives its best class less than `sure_from` abstains, as Python's oracle does; so does a malformed picture. */
export const JUDGE_SETTINGS = {
  judge: { seen_from: 0.5 },
  sure_from: 0.5,
  malformed_above: 0.5,
} as const;
const ABSTAINS = -1;

/** Names in the order of the oracle's classes; class 0 of a head is none. */
export type Classes = { contents: readonly string[]; hosts: readonly string[] };
/** Probabilities of one picture's classes, head by head. */
export type Verdict = Record<"host" | "item" | "garbage", Float32Array>;
type World = { vocabulary: Vocabulary; classes: Classes };

/**
 * How likely a picture shows what a text names, 0..1: the product of all that it names. -1 where the oracle abstains on the picture, and
 * for a text that names nothing of the world.
 */
export function chanceOf({ vocabulary, classes }: World, verdict: Verdict, text: string): number {
  if (text.trim().toLowerCase() === MALFORMED) return verdict.garbage[1] ?? 0;
  const named = findAll(vocabulary, rawWordsOf(text)).flatMap(
    ({ entries: [entry] }) => entry ?? [],
  );
  if (named.length === 0 || abstains(verdict)) return ABSTAINS;
  return named
    .map(({ role, name }) => {
      const [head, names] =
        role === "content" ? [verdict.item, classes.contents] : [verdict.host, classes.hosts];
      return head[names.indexOf(name) + 1] ?? 0;
    })
    .reduce((product, value) => product * value, 1);
}

const abstains = ({ host, item, garbage }: Verdict): boolean =>
  (garbage[1] ?? 0) > JUDGE_SETTINGS.malformed_above ||
  [host, item].some((head) => Math.max(...head) < JUDGE_SETTINGS.sure_from);
