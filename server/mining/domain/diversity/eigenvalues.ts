const MOST_SWEEPS = 60;
const CLOSE_ENOUGH = 1e-10;

/** The eigenvalues of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, 8.5), largest first. */
export function eigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const n = matrix.length;
  const m = Float64Array.from(matrix.flat());
  const size = m.reduce((sum, x) => sum + x * x, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    const beside = m.reduce((sum, x, at) => (at % (n + 1) === 0 ? sum : sum + x * x), 0);
    if (beside <= CLOSE_ENOUGH ** 2 * size) break;
    for (let p = 0; p < n - 1; p += 1) for (let q = p + 1; q < n; q += 1) rotate(m, n, p, q);
  }
  return Array.from({ length: n }, (_, i) => m[i * n + i] ?? 0).sort((x, y) => y - x);
}

/** Turns rows and columns p and q so that what stands at (p, q) becomes 0. */
function rotate(m: Float64Array, n: number, p: number, q: number): void {
  const apq = m[p * n + q] ?? 0;
  if (apq === 0) return;
  const theta = ((m[q * n + q] ?? 0) - (m[p * n + p] ?? 0)) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  turn(m, { from: p, to: q, step: n, n }, c, s);
  turn(m, { from: p * n, to: q * n, step: 1, n }, c, s);
}

type Lines = { from: number; to: number; step: number; n: number };

function turn(m: Float64Array, { from, to, step, n }: Lines, c: number, s: number): void {
  for (let k = 0, i = from, j = to; k < n; k += 1, i += step, j += step) {
    const x = m[i] ?? 0;
    const y = m[j] ?? 0;
    m[i] = c * x - s * y;
    m[j] = s * x + c * y;
  }
}
