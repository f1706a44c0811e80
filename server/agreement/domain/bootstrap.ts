import { seededDraws } from "@/server/mining/domain/random";
import { type Coefficient, isDefined } from "./coefficient";

/** What one unit of resampling (a pair) adds to the sums that a statistic is reckoned from. */
export type Contribution = ArrayLike<number>;
/** A statistic from the sums over the `units` drawn. */
export type Statistic = (sums: Float64Array, units: number) => Coefficient;

export type BootstrapSettings = { draws: number; seed: number };
export type BootstrapResult = {
  low: number;
  high: number;
  standardError: number;
  /** Resamples taken; every possible one where there are no more than were asked for. */
  draws: number;
  /** null: no chance was involved. */
  seed: number | null;
  /** Resamples in which the statistic does not exist; the limits are of the others. */
  undefinedDraws: number;
};

const TAIL = 0.025;

/**
 * Percentile intervals of 95 % for several statistics on the same resamples. Drawn with replacement is the unit
 * that is independent, a pair with all its images and raters. Efron, B. and Tibshirani, R. J. (1993), An
 * Introduction to the Bootstrap, chapters 6 and 13. Null where fewer than two units or no resample tell anything.
 */
export function bootstrap<Name extends string>(
  contributions: readonly Contribution[],
  statistics: Record<Name, Statistic>,
  settings: BootstrapSettings,
): Record<Name, BootstrapResult | null> {
  const names = Object.keys(statistics) as Name[];
  const found = new Map<Name, Coefficient[]>(names.map((name) => [name, []]));
  const isExact = contributions.length ** contributions.length <= settings.draws;
  const resamples = isExact ? everyResample(contributions) : drawn(contributions, settings);
  if (contributions.length >= 2) {
    for (const sums of resamples) {
      for (const name of names) found.get(name)?.push(statistics[name](sums, contributions.length));
    }
  }
  const results = names.map((name) => [
    name,
    summaryOf(found.get(name) ?? [], isExact ? null : settings.seed),
  ]);
  return Object.fromEntries(results) as Record<Name, BootstrapResult | null>;
}

/** The percentile interval of what the resamples gave; null where none gave a number. */
export function summaryOf(
  values: readonly Coefficient[],
  seed: number | null,
): BootstrapResult | null {
  const sorted = Float64Array.from(values.filter(isDefined)).sort();
  if (sorted.length === 0) return null;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    low: percentile(sorted, TAIL),
    high: percentile(sorted, 1 - TAIL),
    standardError: Math.sqrt(squares / sorted.length),
    draws: values.length,
    seed,
    undefinedDraws: values.length - sorted.length,
  };
}

/** Between two values in proportion (type 7 of Hyndman and Fan 1996); `sorted` is not empty. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (place - Math.floor(place)) * (above - below);
}

/** The sums of one resample after the other, in the same array. */
function* drawn(
  contributions: readonly Contribution[],
  { draws, seed }: BootstrapSettings,
): Generator<Float64Array> {
  const sums = new Float64Array(contributions[0]?.length ?? 0);
  const { rows, kinds } = distinct(contributions);
  const counts = new Uint32Array(rows.length);
  const draw = seededDraws(seed);
  for (let resample = 0; resample < draws; resample += 1) {
    drawKinds(kinds, counts, draw);
    sums.fill(0);
    for (let kind = 0; kind < rows.length; kind += 1) {
      const row = rows[kind] ?? [];
      const count = counts[kind] ?? 0;
      for (let at = 0; at < sums.length; at += 1)
        sums[at] = (sums[at] ?? 0) + count * (row[at] ?? 0);
    }
    yield sums;
  }
}

/** Ten thousand pairs are drawn from a thousand times: this loop is what a page with intervals waits for. */
function drawKinds(kinds: Uint32Array, counts: Uint32Array, draw: () => number): void {
  const units = kinds.length;
  counts.fill(0);
  for (let unit = 0; unit < units; unit += 1) {
    const kind = kinds[Math.floor(draw() * units)] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
}

/** Many pairs contribute the same; which of the different rows each of them does. */
function distinct(contributions: readonly Contribution[]) {
  const known = new Map<string, number>();
  const rows: Contribution[] = [];
  const kinds = Uint32Array.from(contributions, (row) => {
    const key = Array.from(row).join(" ");
    const kind = known.get(key) ?? rows.length;
    if (kind === rows.length) {
      known.set(key, kind);
      rows.push(row);
    }
    return kind;
  });
  return { rows, kinds };
}

/** All n^n ways to draw n of n with replacement, for the few units where that is possible. */
function* everyResample(contributions: readonly Contribution[]): Generator<Float64Array> {
  const units = contributions.length;
  const sums = new Float64Array(contributions[0]?.length ?? 0);
  for (let number = 0; number < units ** units; number += 1) {
    sums.fill(0);
    for (let unit = 0, rest = number; unit < units; unit += 1, rest = Math.floor(rest / units)) {
      const one = contributions[rest % units] ?? [];
      for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (one[at] ?? 0);
    }
    yield sums;
  }
}
