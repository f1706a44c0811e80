import type { Coefficient } from "@/server/agreement/domain/coefficient";
import type { Estimate } from "@/server/agreement/domain/estimate";

/** What stands where a figure does not exist. Never 1 and never 0: nothing was found out. */
const UNDEFINED = {
  "no variation": "undefined (no variation)",
  "no overlap": "undefined (nothing was judged twice)",
} as const satisfies Record<Exclude<Coefficient, number>, string>;

/** A figure as agreement.json holds it. */
export function toldFigure({ value, interval }: Estimate) {
  if (typeof value !== "number")
    return { value: null, says: UNDEFINED[value], low: null, high: null };
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    standard_error: interval?.standardError ?? null,
    draws: interval?.draws ?? null,
    // null: every possible resample was taken, or there was none.
    seed: interval?.seed ?? null,
    undefined_draws: interval?.undefinedDraws ?? null,
  };
}

/** The same for a reader: the value and its interval, each in three digits. */
export function figureWords({ value, interval }: Estimate): { value: string; interval: string } {
  if (typeof value !== "number") return { value: UNDEFINED[value], interval: "" };
  return {
    value: digits(value),
    interval: interval
      ? `${digits(interval.low)} to ${digits(interval.high)}`
      : "none (fewer than two pairs)",
  };
}

const digits = (value: number): string => value.toFixed(3);
