import {
  type BootstrapResult,
  type BootstrapSettings,
  bootstrap,
  type Contribution,
  type Statistic,
} from "./bootstrap";
import type { Coefficient } from "./coefficient";
import { totalOf } from "./judged-grid";

/** A figure with its percentile interval over pairs; without one where there are fewer than two pairs. */
export type Estimate = { value: Coefficient; interval: BootstrapResult | null };

/** Every statistic on the sums of all pairs, and its interval on resamples of them. */
export function estimates<Name extends string>(
  contributions: readonly Float64Array[],
  statistics: Record<Name, Statistic>,
  settings: BootstrapSettings,
): Record<Name, Estimate> {
  const width = contributions[0]?.length ?? 0;
  const total = totalOf(contributions, width);
  const intervals = bootstrap(contributions as readonly Contribution[], statistics, settings);
  const names = Object.keys(statistics) as Name[];
  const found = names.map((name) => {
    const value = contributions.length
      ? statistics[name](total, contributions.length)
      : ("no overlap" as const);
    // Where the figure itself does not exist, that of lucky resamples says nothing about it.
    return [name, { value, interval: typeof value === "number" ? intervals[name] : null }];
  });
  return Object.fromEntries(found) as Record<Name, Estimate>;
}
