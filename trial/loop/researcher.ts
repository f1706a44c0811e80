import { PATTERN_FLOOR } from "@/server/mining/domain/allocation/allocate";
import type { LexiconFamily } from "@/server/mining/domain/offline/lexicon";
import { suggestCrosses } from "@/server/mining/domain/suggest-crosses";
import { estimateOf } from "@/server/project/domain/phase-figures";
import { crossed, ownPattern, patternName } from "../llm/patterns";
import { newPattern, type TrialPattern } from "./trial-pattern";

/** A merge is asked for once in so many batches: its two patterns first get their floor. */
const BATCHES_PER_MERGE = 5;

/** Seed patterns of phase 1 are one half of the families; the others are there to be found. */
const half = (families: readonly LexiconFamily[]) => Math.floor(families.length / 2);

export const firstPatterns = (families: readonly LexiconFamily[]): TrialPattern[] =>
  families.slice(0, half(families)).map((family) => newPattern(ownPattern(family), 1));

/**
 * The simulated approver presses each button once it is offered: phase 3 when a re-test was dry, phase 4 when the
 * patterns of phase 3 have their floor. Patterns that the LLM proposes are approved.
 */
export function pressButtons(
  families: readonly LexiconFamily[],
  patterns: readonly TrialPattern[],
  batches: number,
): TrialPattern[] {
  const isThree = patterns.some(({ phase }) => phase === 3);
  if (!isThree)
    return patterns.some(({ saturation }) => saturation.isConfirmed)
      ? families.slice(half(families)).map((family) => newPattern(ownPattern(family), 3))
      : [];
  const hasFloor = patterns.every(
    ({ rated, saturation }) => rated.length >= PATTERN_FLOOR || saturation.isConfirmed,
  );
  const isAllDry = patterns.every(({ saturation }) => saturation.isConfirmed);
  if (isAllDry || (hasFloor && batches % BATCHES_PER_MERGE === 0)) return mergeBest(patterns);
  return [];
}

/** The first merge that the product suggests and that brings a new pattern. */
function mergeBest(patterns: readonly TrialPattern[]): TrialPattern[] {
  const known = new Set(patterns.map(({ name }) => name));
  const children = (one: TrialPattern, other: TrialPattern) =>
    crossed(one.families, other.families).filter((families) => !known.has(patternName(families)));
  const done = patterns.flatMap((one, at) =>
    patterns
      .slice(at + 1)
      .filter((other) => children(one, other).length === 0)
      .map((other) => [one.name, other.name] as const),
  );
  const [best] = suggestCrosses(patterns.map(armOf), done);
  const parent = (name?: string) => patterns.find((pattern) => pattern.name === name);
  const [one, other] = [parent(best?.a.id), parent(best?.b.id)];
  return one && other ? children(one, other).map((families) => newPattern(families, 4)) : [];
}

function armOf({ name, rated }: TrialPattern) {
  const found = rated.filter(({ isLevel5 }) => isLevel5).length;
  return { id: name, name, level5: estimateOf(found, rated.length) };
}
