import { seededDraws } from "../random";
import { type DrawableKeys, drawablePlaces } from "./drawable";
import { findWord, type LexiconFamily, type LexiconWord, lexicon } from "./lexicon";
import type { Crossing } from "./match-crossing";

export type OfflineProposal = { a: string; b: string; latent: string; reason: string };

/**
 * Draws atypical pairs of one family or of two crossed ones, equal for equal seeds, of all words or of the drawable
 * ones. It does not look at what the project already has: the space is finite, so repeats rise by themselves as it
 * runs dry. No pair at all where nothing of the crossing can be drawn.
 */
export function proposeOffline(
  crossing: Crossing,
  n: number,
  seed: number,
  keys: DrawableKeys,
): OfflineProposal[] {
  const choices = choicesOf(crossing, keys);
  if (choices.length === 0) return [];
  const draw = seededDraws(seed);
  const pick = <T>(options: readonly T[]) => options[Math.floor(draw() * options.length)] as T;
  return Array.from({ length: n }, () => {
    const { at, others } = pick(choices);
    return proposal(crossing, at, pick(others));
  });
}

export const canPropose = (crossing: Crossing, keys: DrawableKeys): boolean =>
  choicesOf(crossing, keys).length > 0;

/** The place of each drawable content, with those of the hosts that would surprise somebody: at least one. */
function choicesOf(crossing: Crossing, keys: DrawableKeys) {
  const hosts = drawablePlaces(crossing.host.b, keys);
  return drawablePlaces(crossing.content.a, keys)
    .map((at) => ({ at, others: untypical(crossing, at, hosts) }))
    .filter(({ others }) => others.length > 0);
}

/** What a content is usually seen with in its family; null for a word that is no content of it. */
export function typicalHost(family: LexiconFamily, concept: string): LexiconWord | null {
  const word = findWord(family.a, concept);
  return word ? (family.b[family.a.indexOf(word)] ?? null) : null;
}

/** Noodles have a bowl in one family and chopsticks in another: neither surprises anybody. */
function untypical({ content, host }: Crossing, at: number, hosts: readonly number[]): number[] {
  const a = content.a[at]?.name ?? "";
  const usual = lexicon.families.flatMap((family) => typicalHost(family, a)?.name ?? []);
  return hosts.filter((other) => !usual.includes(host.b[other]?.name ?? ""));
}

function proposal({ content, host }: Crossing, at: number, other: number): OfflineProposal {
  const a = content.a[at];
  const b = host.b[other];
  const typical = content.b[at];
  if (!a || !b || !typical)
    throw new Error(`Families ${content.id} and ${host.id} have no word ${at} or ${other}`);
  const reason = `${capital(a.phrase)} ${content.cause} ${withArticle(typical.phrase)}: it may take the place of the ${b.name}.`;
  return { a: a.name, b: b.name, latent: typical.name, reason };
}

/** "in a tea cup" without its preposition. */
const withArticle = (phrase: string) => phrase.replace(/^\S+ /, "");
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
