import type { Consensus } from "./consensus";

export type LookRules = { audit: boolean; boundaryRouting: boolean };

const AUDITED_SHARE = 0.2;
const DOUBTED = [1, 2];

/**
 * Whether a grid whose raters are all done is looked at once more, by somebody who does not know why. The
 * audit takes every grid with one or two correct images, and a fifth of those with none, drawn by `draw`
 * (0 to 1): a second look at the positive ones alone could only raise the share of Level 5 (evaluation.md 1.6).
 */
export function secondLook(
  { correct, level, isBoundary }: Pick<Consensus, "correct" | "level" | "isBoundary">,
  { audit, boundaryRouting }: LookRules,
  draw: number,
): "audit" | "boundary" | null {
  if (level === null) return null;
  const isDrawn = correct === 0 && draw < AUDITED_SHARE;
  if (audit && (DOUBTED.includes(correct) || isDrawn)) return "audit";
  return boundaryRouting && isBoundary ? "boundary" : null;
}
