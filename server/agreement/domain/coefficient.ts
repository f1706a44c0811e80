/**
 * A chance-corrected figure, or why there is none: `no variation` where every rating is the same value, so
 * that chance alone would agree fully; `no overlap` where nothing was rated twice. Neither is ever told as 1 or 0.
 */
export type Coefficient = number | "no variation" | "no overlap";

export const isDefined = (coefficient: Coefficient): coefficient is number =>
  typeof coefficient === "number";

/** (observed - expected) / (1 - expected): what was reached of what chance leaves to reach. */
export function aboveChance(observed: number, expected: number): Coefficient {
  // Sums of shares miss 1 by a hair; anything nearer to it than this is no variation.
  return 1 - expected < 1e-12 ? "no variation" : (observed - expected) / (1 - expected);
}
