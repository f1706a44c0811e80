const TAIL = 0.025;

/**
 * 95 % interval of the share of correct images after a screened sitting. `shown` images were judged
 * in random order, up to and with the first correct one, or all of them when none was.
 *
 * Where rating stopped is itself the observation. Wilson's interval takes the number of images as
 * given and would start from 1 of k, a share that the stopping rule pushes upwards. The number K of
 * images until the first correct one follows the geometric law, P(K > k) = (1 - p)^k, so the exact
 * limits in Clopper and Pearson's way leave 2.5 % on each side:
 *
 *   low:  P(K <= k) = 2.5 %      ->  1 - 0.975^(1/k)
 *   high: P(K >= k) = 2.5 %      ->  1 - 0.025^(1/(k-1)), and 1 for k = 1
 *
 * None of n correct means K > n: the low end is 0, the high end solves (1 - p)^n = 2.5 %. The true
 * share lies inside in at least 95 % of screened sittings, whatever it is.
 */
export function screenInterval({ shown, found }: { shown: number; found: boolean }): {
  low: number;
  high: number;
} {
  if (shown < 1) return { low: 0, high: 1 };
  const before = found ? shown - 1 : shown;
  return {
    low: found ? 1 - (1 - TAIL) ** (1 / shown) : 0,
    high: before === 0 ? 1 : 1 - TAIL ** (1 / before),
  };
}
