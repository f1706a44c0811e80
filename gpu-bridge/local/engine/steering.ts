import { inverseGram } from "./inverse-gram";
import { dot, minus, plus } from "./vectors";

// ConceptDiffusion's equations on directions in the space of latents (arXiv 2312.15964). What the
// letters mean stands in `methods/concept-diffusion.ts`.

const NOTHING = 1e-12; // a squared length

/** When a term acts, and which. */
export type Rule = {
  etaSubject: number;
  etaAbstract: number;
  upperBound: number | null;
  projection: "sum" | "span";
  mask: boolean;
};

/** Of one image: P and the s_i to g and the cosines c_1 .. c_n and c_a. `channels` divide P evenly. */
export function steer(
  p: Float32Array,
  subjects: readonly Float32Array[],
  rule: Rule,
  channels: number,
) {
  const cosines = subjects.map((s) => cosine(p, s));
  const a = abstractPart(p, subjects, rule.projection);
  const ofA = cosine(p, a);
  let g: Float32Array = new Float32Array(p.length);
  subjects.forEach((s, at) => {
    const sign = signOf(cosines[at] ?? 0, rule);
    if (sign !== 0) g = plus(g, minus(s, onto(s, p)), sign);
  });
  if (ofA < rule.etaAbstract) g = plus(g, rule.mask ? largest(a, ofA, channels) : a);
  return { g, cosines, abstract: ofA };
}

/** +1: under-represented, -1: over-represented. Thresholds that cross cancel out, as in the paper's sums. */
const signOf = (cosine: number, { etaSubject, upperBound }: Rule) =>
  Number(cosine < etaSubject) - Number(upperBound !== null && cosine > upperBound);

/** The part of x along a direction; of none along a direction of length zero. */
function onto(x: Float32Array, along: Float32Array): Float32Array {
  const square = dot(along, along);
  const share = square < NOTHING ? 0 : dot(x, along) / square;
  return along.map((value) => share * value);
}

/** |cos|, and 0 where one of them is nothing. */
function cosine(x: Float32Array, y: Float32Array): number {
  const [xx, yy] = [dot(x, x), dot(y, y)];
  if (xx < NOTHING || yy < NOTHING) return 0;
  return Math.min(Math.abs(dot(x, y)) / Math.sqrt(xx * yy), 1);
}

/** a: what the prompt's direction says beyond its subjects, their sum or all that they span. */
function abstractPart(
  p: Float32Array,
  subjects: readonly Float32Array[],
  projection: Rule["projection"],
): Float32Array {
  if (projection === "sum") {
    const sum = subjects.reduce((all, s) => plus(all, s), new Float32Array(p.length));
    return minus(p, onto(p, sum));
  }
  const inverse = inverseGram(subjects);
  const products = subjects.map((s) => dot(s, p));
  const shares = inverse.map((row) =>
    row.reduce((sum, value, at) => sum + value * (products[at] ?? 0), 0),
  );
  return p.map((value, at) => {
    const spanned = subjects.reduce(
      (sum, s, which) => sum + (shares[which] ?? 0) * (s[at] ?? 0),
      0,
    );
    return value - spanned;
  });
}

/** Per channel the entries at or above the quantile of |a|, the others 0. */
function largest(a: Float32Array, quantile: number, channels: number): Float32Array {
  const size = a.length / channels;
  const kept = new Float32Array(a.length);
  for (let channel = 0; channel < channels; channel++) {
    const part = a.subarray(channel * size, (channel + 1) * size);
    const least = quantileOf(part.map(Math.abs), quantile);
    kept.set(
      part.map((value) => (Math.abs(value) >= least ? value : 0)),
      channel * size,
    );
  }
  return kept;
}

/** Linear between the two nearest, in float32 as torch has it. */
function quantileOf(values: Float32Array, share: number): number {
  const sorted = values.toSorted();
  const place = Math.fround(Math.fround(share) * (sorted.length - 1));
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return Math.fround(below + (place - Math.floor(place)) * (above - below));
}
