import { conceptKey } from "../concept";
import { seededDraws } from "../random";
import { findWord, type LexiconFamily, type LexiconWord, lexicon } from "./lexicon";
import { type Crossing, isCrossed } from "./match-crossing";

export type OfflineProposal = { a: string; b: string; latent: string; reason: string };

/**
 * Draws atypical pairs of one family or of two crossed ones, equal for equal seeds. It does not look at
 * what the project already has: the space is finite, so repeats rise by themselves as it runs dry.
 */
export function proposeOffline(crossing: Crossing, n: number, seed: number): OfflineProposal[] {
  const { content, host } = crossing;
  const draw = seededDraws(seed);
  return Array.from({ length: n }, () => {
    const at = Math.floor(draw() * content.a.length);
    const other = draw();
    if (isCrossed(crossing))
      return proposal(crossing, at, untypical(crossing, at, Math.floor(other * host.b.length)));
    const step = 1 + Math.floor(other * (host.b.length - 1));
    return proposal(crossing, at, (at + step) % host.b.length);
  });
}

/** What a content is usually seen with in its family; null for a word that is no content of it. */
export function typicalHost(family: LexiconFamily, concept: string): LexiconWord | null {
  const word = findWord(family.a, concept);
  return word ? (family.b[family.a.indexOf(word)] ?? null) : null;
}

/** Noodles have a bowl in one family and chopsticks in another: neither surprises anybody. */
function untypical({ content, host }: Crossing, at: number, other: number): number {
  const a = content.a[at]?.name ?? "";
  const b = conceptKey(host.b[other]?.name ?? "");
  const isTypical = lexicon.families.some((family) => {
    const usual = typicalHost(family, a);
    return usual !== null && conceptKey(usual.name) === b;
  });
  return isTypical ? (other + 1) % host.b.length : other;
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
