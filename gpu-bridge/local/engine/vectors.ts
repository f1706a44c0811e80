// Sums are taken in double precision; what is kept is float32, as the networks give and take it.

export const dot = (x: Float32Array, y: Float32Array) =>
  x.reduce((sum, value, at) => sum + value * (y[at] ?? Number.NaN), 0);

export const minus = (x: Float32Array, y: Float32Array) =>
  x.map((value, at) => value - (y[at] ?? Number.NaN));

/** x + times y */
export const plus = (x: Float32Array, y: Float32Array, times = 1) =>
  x.map((value, at) => value + times * (y[at] ?? Number.NaN));

export const areFinite = (x: Float32Array) => x.every(Number.isFinite);

/** Of length 1; a vector of length zero stays as it is. */
export function direction(x: Float32Array): Float32Array {
  const length = Math.max(Math.sqrt(dot(x, x)), 1e-12);
  return x.map((value) => value / length);
}
