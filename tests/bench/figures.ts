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
