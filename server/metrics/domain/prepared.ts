/** Observations in the order of their values: which value each of them has, counted from the least, and how many values there are. */
export type Ranked = { groupOf: Uint32Array; groups: number };

export function rankedBy(values: readonly number[]): Ranked {
  const order = values.map((_, at) => at).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const groupOf = new Uint32Array(values.length);
  let groups = 0;
  for (const [place, at] of order.entries()) {
    const before = order[place - 1];
    if (before === undefined || values[before] !== values[at]) groups += 1;
    groupOf[at] = groups - 1;
  }
  return { groupOf, groups };
}

/** How often each observation is in a resample; one of each where nothing was resampled. */
export type Weights = ArrayLike<number>;

/** How often each value is there. */
export function weightOfGroups({ groupOf, groups }: Ranked, weights: Weights): Float64Array {
  const sums = new Float64Array(groups);
  for (let at = 0; at < groupOf.length; at += 1) {
    const group = groupOf[at] ?? 0;
    sums[group] = (sums[group] ?? 0) + (weights[at] ?? 0);
  }
  return sums;
}
