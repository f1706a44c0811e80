type Draw = () => number;

/** One draw of Beta(a, b), as the share of the first of two gamma draws. */
export function drawBeta(draw: Draw, a: number, b: number): number {
  const x = drawGamma(draw, a);
  const y = drawGamma(draw, b);
  return x / (x + y);
}

/** Gamma of this shape and scale 1 (Marsaglia and Tsang 2000); below shape 1 by their boost, G(k + 1) U^(1/k). */
export function drawGamma(draw: Draw, shape: number): number {
  if (!(shape > 0)) throw new RangeError(`A gamma needs a shape above 0, not ${shape}`);
  if (shape < 1) return drawGamma(draw, shape + 1) * openUnit(draw) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(draw);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(openUnit(draw)) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Standard normal, by Box and Muller. */
export function drawNormal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(openUnit(draw))) * Math.cos(2 * Math.PI * draw());
}

/** In (0, 1): its logarithm exists. */
const openUnit = (draw: Draw): number => 1 - draw() || Number.MIN_VALUE;
