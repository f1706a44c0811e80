import { seededDraws } from "../random";
import type { LexiconFamily } from "./lexicon";

export type OfflineProposal = { a: string; b: string; latent: string; reason: string };

/**
 * Draws atypical pairs of one family, equal for equal seeds. It does not look at what the
 * project already has: the space is finite, so repeats rise by themselves as it runs dry.
 */
export function proposeOffline(family: LexiconFamily, n: number, seed: number): OfflineProposal[] {
  const draw = seededDraws(seed);
  return Array.from({ length: n }, () => {
    const at = Math.floor(draw() * family.a.length);
    const step = 1 + Math.floor(draw() * (family.b.length - 1));
    return proposal(family, at, (at + step) % family.b.length);
  });
}

function proposal(family: LexiconFamily, at: number, other: number): OfflineProposal {
  const a = family.a[at];
  const b = family.b[other];
  const typical = family.b[at];
  if (!a || !b || !typical) throw new Error(`Family ${family.id} has no word ${at} or ${other}`);
  const reason = `${capital(a.phrase)} ${family.cause} ${withArticle(typical.phrase)}: it may take the place of the ${b.name}.`;
  return { a: a.name, b: b.name, latent: typical.name, reason };
}

/** "in a tea cup" without its preposition. */
const withArticle = (phrase: string) => phrase.replace(/^\S+ /, "");
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
