import { PATTERN_FLOOR } from "@/server/mining/domain/allocation/allocate";
import { posteriorOf, priorOf } from "@/server/mining/domain/allocation/beta-prior";
import { lexicon } from "@/server/mining/domain/offline/lexicon";
import { crossed, ownPattern, patternName } from "../llm/patterns";
import { newPattern, type TrialPattern } from "./trial-pattern";

/** Seed patterns of phase 1; the others are there to be found. */
const FIRST = 2;
/** A merge is asked for once in so many batches: its two patterns first get their floor. */
const BATCHES_PER_MERGE = 5;

export const firstPatterns = (): TrialPattern[] =>
  lexicon.families.slice(0, FIRST).map((family) => newPattern(ownPattern(family), 1));

/**
 * The simulated approver presses each button once it is offered: phase 3 when a re-test was dry, phase 4 when the
 * patterns of phase 3 have their floor. Patterns that the LLM proposes are approved.
 */
export function pressButtons(patterns: readonly TrialPattern[], batches: number): TrialPattern[] {
  const isThree = patterns.some(({ phase }) => phase === 3);
  if (!isThree)
    return patterns.some(({ saturation }) => saturation.isConfirmed)
      ? lexicon.families.slice(FIRST).map((family) => newPattern(ownPattern(family), 3))
      : [];
  const hasFloor = patterns.every(
    ({ rated, saturation }) => rated.length >= PATTERN_FLOOR || saturation.isConfirmed,
  );
  const isAllDry = patterns.every(({ saturation }) => saturation.isConfirmed);
  if (isAllDry || (hasFloor && batches % BATCHES_PER_MERGE === 0)) return mergeBest(patterns);
  return [];
}

/** Of all merges that would bring a new pattern, the one of the two that found most so far. */
function mergeBest(patterns: readonly TrialPattern[]): TrialPattern[] {
  const known = new Set(patterns.map(({ name }) => name));
  const shares = sharesOf(patterns);
  const merges = patterns.flatMap((one, at) =>
    patterns.slice(at + 1).map((other) => ({
      promise: (shares.get(one.name) ?? 0) + (shares.get(other.name) ?? 0),
      children: crossed(one.families, other.families).filter(
        (families) => !known.has(patternName(families)),
      ),
    })),
  );
  const [best] = merges
    .filter(({ children }) => children.length > 0)
    .sort((x, y) => y.promise - x.promise);
  return (best?.children ?? []).map((families) => newPattern(families, 4));
}

function sharesOf(patterns: readonly TrialPattern[]): Map<string, number> {
  const counts = patterns.map(({ name, rated }) => ({
    name,
    rated: rated.length,
    found: rated.filter(({ isLevel5 }) => isLevel5).length,
  }));
  const prior = priorOf(counts);
  return new Map(
    counts.map((arm) => {
      const { a, b } = posteriorOf(prior, arm);
      return [arm.name, a / (a + b)];
    }),
  );
}
