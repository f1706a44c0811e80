import type { RatingMode, Verdict } from "@/db/enums";

export type Judged = { verdict: Verdict | null };

/**
 * Which images still wait for a verdict before the grid may be submitted, as numbers from 1 in the
 * order shown. Screening ends at the first correct image: what comes after it need not be judged.
 * A broken image neither ends it nor counts.
 */
export function openPositions(shown: readonly Judged[], mode: RatingMode): number[] {
  const stop = mode === "screen" ? shown.findIndex(({ verdict }) => verdict === "correct") : -1;
  const asked = stop === -1 ? shown : shown.slice(0, stop);
  return asked.flatMap(({ verdict }, index) => (verdict === null ? [index + 1] : []));
}

/** "Image 4 has no verdict yet." or "Images 4, 7 and 20 have no verdict yet." */
export function sayOpen(numbers: readonly number[]): string {
  const last = numbers.at(-1);
  if (numbers.length === 1) return `Image ${last} has no verdict yet.`;
  return `Images ${numbers.slice(0, -1).join(", ")} and ${last} have no verdict yet.`;
}
