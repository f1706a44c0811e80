import { dot } from "./vectors";

const EPSILON = 2 ** -52;
const SWEEPS = 30;

/**
 * (n, n): the pseudoinverse of the n by n products of the vectors, by Jacobi's rotations. Defined where
 * vectors coincide too: directions below n times the precision are left out, as torch's `pinv` does.
 */
export function inverseGram(vectors: readonly Float32Array[]): number[][] {
  const gram = vectors.map((x) => vectors.map((y) => dot(x, y)));
  const { values, columns } = eigen(gram);
  const least = vectors.length * EPSILON * Math.max(...values.map(Math.abs));
  const inverted = values.map((value) => (Math.abs(value) > least ? 1 / value : 0));
  return columns.map((x) =>
    columns.map((y) =>
      x.reduce((sum, value, at) => sum + value * (inverted[at] ?? 0) * (y[at] ?? 0), 0),
    ),
  );
}

/** Eigenvalues of a symmetric matrix, and the matrix whose columns are its eigenvectors. */
function eigen(symmetric: readonly (readonly number[])[]) {
  const size = symmetric.length;
  const a = symmetric.map((row) => [...row]);
  const columns = a.map((_, i) => a.map((_, j) => Number(i === j)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, columns, p, q);
  }
  return { values: a.map((row, at) => row[at] ?? 0), columns };
}

/** Brings a[p][q] to zero. */
function rotate(a: number[][], columns: number[][], p: number, q: number) {
  const at = (i: number, j: number) => a[i]?.[j] ?? 0;
  if (at(p, q) === 0) return;
  const angle = 0.5 * Math.atan2(2 * at(p, q), at(q, q) - at(p, p));
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of [...a, ...columns]) turn(row, p, q, c, s);
  const [above, below] = [a[p] ?? [], a[q] ?? []];
  above.forEach((value, j) => {
    const other = below[j] ?? 0;
    above[j] = c * value - s * other;
    below[j] = s * value + c * other;
  });
}

function turn(row: number[], p: number, q: number, c: number, s: number) {
  const [x, y] = [row[p] ?? 0, row[q] ?? 0];
  row[p] = c * x - s * y;
  row[q] = s * x + c * y;
}
