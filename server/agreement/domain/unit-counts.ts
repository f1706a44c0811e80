/** How many raters gave each category to one unit; what nobody rated is not in it. */
export type UnitCounts = readonly number[];

export const ratingsOf = (unit: UnitCounts): number => unit.reduce((sum, count) => sum + count, 0);

/** Units that two or more rated: only they can tell of agreement. */
export const overlapping = (units: readonly UnitCounts[]): UnitCounts[] =>
  units.filter((unit) => ratingsOf(unit) >= 2);

/** Rows of raters over the same units, null where one did not rate; categories in the order given. */
export function countUnits<Value>(
  raters: readonly (readonly (Value | null)[])[],
  categories: readonly Value[],
): UnitCounts[] {
  const units = Math.max(0, ...raters.map((row) => row.length));
  return Array.from({ length: units }, (_, unit) =>
    categories.map((value) => raters.filter((row) => row[unit] === value).length),
  );
}

/** Share of the rater pairs of one unit that agree: sum of n_k (n_k - 1) over m (m - 1). */
export function agreeingPairs(unit: UnitCounts): number {
  const ratings = ratingsOf(unit);
  const agreeing = unit.reduce((sum, count) => sum + count * (count - 1), 0);
  return agreeing / (ratings * (ratings - 1));
}
