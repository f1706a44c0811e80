import { seededDraws } from "@/server/mining/domain/random";

/** The value that so large a share of them does not pass. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

export const rounded = (value: number, digits = 1): number =>
  Math.round(value * 10 ** digits) / 10 ** digits;

export const spread = (values: readonly number[]) => ({
  p50: rounded(quantile(values, 0.5)),
  p95: rounded(quantile(values, 0.95)),
  max: rounded(quantile(values, 1)),
});

const RESAMPLES = 10_000;

/** The median of the pairs' ratios and its 95 % bootstrap interval, the same for the same ratios. */
export function intervalOfMedian(ratios: readonly number[]) {
  const random = seededDraws(ratios.length);
  const medians = Array.from({ length: RESAMPLES }, () =>
    quantile(
      ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? Number.NaN),
      0.5,
    ),
  );
  return {
    median: rounded(quantile(ratios, 0.5), 4),
    low: rounded(quantile(medians, 0.025), 4),
    high: rounded(quantile(medians, 0.975), 4),
  };
}
