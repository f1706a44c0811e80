import { SIDES } from "./bands";

const SPREADS = 6;
// Of vectors nearer than this so few sides differ that their spread says little.
const NEAREST = 0.99;

/**
 * In how many of their sides two vectors of at least this cosine differ at most: one falls on another side of a
 * random plane as often as the angle between them is part of a half turn. Six standard deviations above that,
 * one in 10^8 of those just as alike is missed, and fewer of the more alike ones.
 */
export function sketchLimit(cosine: number): number {
  const share = Math.acos(Math.min(cosine, NEAREST)) / Math.PI;
  return Math.ceil(SIDES * share + SPREADS * Math.sqrt(SIDES * share * (1 - share)));
}
