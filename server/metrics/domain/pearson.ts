import type { Coefficient } from "@/server/agreement/domain/coefficient";
import type { Weights } from "./prepared";

/** The product-moment correlation (Pearson 1896) of observations that are there so many times. */
export function pearson(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  weights: Weights,
): Coefficient {
  let [total, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  // Welford's way, so that large values with small differences keep them.
  for (let at = 0; at < xs.length; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight === 0) continue;
    const [x, y] = [xs[at] ?? 0, ys[at] ?? 0];
    total += weight;
    const [fromX, fromY] = [x - meanX, y - meanY];
    meanX += (weight * fromX) / total;
    meanY += (weight * fromY) / total;
    xx += weight * fromX * (x - meanX);
    yy += weight * fromY * (y - meanY);
    xy += weight * fromX * (y - meanY);
  }
  if (total < 2) return "no overlap";
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : "no variation";
}
