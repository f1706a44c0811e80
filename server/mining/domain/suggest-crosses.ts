export type Arm = {
  id: string;
  name: string;
  /** Share at Level 5 with its interval; null while nothing is rated. */
  level5: { count: number; total: number; low: number } | null;
};
export type Cross = { a: Arm; b: Arm; reason: string };

const MOST = 3;

/**
 * Two patterns whose shares at Level 5 are surely high, by the lower bounds of both: one lucky pair
 * does not outrank ninety of a hundred. Pairs of patterns that were crossed before come last.
 */
export function suggestCrosses(
  arms: readonly Arm[],
  crossed: readonly (readonly [string, string])[],
): Cross[] {
  const known = new Set(crossed.map((pair) => togetherKey(...pair)));
  const isCrossed = ({ a, b }: { a: Arm; b: Arm }) => known.has(togetherKey(a.id, b.id));
  const rated = arms.filter((arm) => (arm.level5?.low ?? 0) > 0);
  const pairs = rated.flatMap((a, at) => rated.slice(at + 1).map((b) => orderedByYield(a, b)));
  return pairs
    .toSorted((x, y) => Number(isCrossed(x)) - Number(isCrossed(y)) || scoreOf(y) - scoreOf(x))
    .slice(0, MOST)
    .map((pair) => ({ ...pair, reason: reasonOf(pair, isCrossed(pair)) }));
}

const lowOf = (arm: Arm) => arm.level5?.low ?? 0;
const scoreOf = ({ a, b }: { a: Arm; b: Arm }) => lowOf(a) * lowOf(b);
const togetherKey = (one: string, other: string) => [one, other].sort().join(" ");
const orderedByYield = (a: Arm, b: Arm) => (lowOf(b) > lowOf(a) ? { a: b, b: a } : { a, b });

function reasonOf({ a, b }: { a: Arm; b: Arm }, isCrossed: boolean): string {
  const shares = [a, b].map(
    ({ level5 }) => `${level5?.count} of ${level5?.total}, at least ${percent(level5?.low ?? 0)}`,
  );
  return `Level 5: ${shares.join("; ")}${isCrossed ? ". Crossed before" : ""}`;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
