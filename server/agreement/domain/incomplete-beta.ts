// Lanczos' coefficients for g = 7, n = 9 (Godfrey's values): fifteen digits.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;
const G = 7;

/** The logarithm of the gamma function, for arguments above 0 (Lanczos 1964). */
export function logGamma(argument: number): number {
  const x = argument - 1;
  const [first, ...rest] = LANCZOS;
  const series = rest.reduce<number>((sum, term, index) => sum + term / (x + index + 1), first);
  const base = x + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(base) - base + Math.log(series);
}

const STEPS = 500;
const TINY = 1e-300;
const NEAR_ENOUGH = 1e-15;

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's way): Abramowitz and
 * Stegun, Handbook of Mathematical Functions, 26.5.8. As a distribution: P(X <= x) of a Beta(a, b).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction settles fast on this side of the mean only; the other side is its mirror.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return (front / a) * fraction(x, a, b);
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < NEAR_ENOUGH) break;
  }
  return value;
}

/** A divisor of 0 is stepped around. */
const away = (value: number) => (Math.abs(value) < TINY ? TINY : value);

const HALVINGS = 200;

/** The x with I_x(a, b) = share, by bisection to the last bit: this is reckoned a few times a page. */
export function inverseBeta(share: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < HALVINGS && high - low > Number.EPSILON * high; halving += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
