/**
 * Holm, S. (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70. Adjusted p
 * in the given order; a null was not tested and counts for nothing.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues
    .flatMap((p, at) => (p === null ? [] : [{ p, at }]))
    .toSorted((one, other) => one.p - other.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let least = 0;
  for (const [rank, { p, at }] of tested.entries()) {
    least = Math.max(least, Math.min(1, (tested.length - rank) * p));
    adjusted[at] = least;
  }
  return adjusted;
}
