type Counts = { evals: number | null; backwards: number | null };
type Told = Counts & { timings: unknown; trace: unknown };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What a render took and told over several answers: the first one drew all its images, and each later one those that a filter had taken,
 * `places` (from 0) of `images` in all.
 */
export function mergeAnswers(
  before: Told,
  after: Told,
  { places, images }: { places: readonly number[]; images: number },
): Told {
  const share = places.length / images;
  // What was drawn and taken was paid for as well: an image's mean is of all that the render took.
  const sum = (first: number | null, second: number | null) =>
    first === null || second === null ? null : first + second * share;
  return {
    evals: sum(before.evals, after.evals),
    backwards: sum(before.backwards, after.backwards),
    timings: summed(before.timings, after.timings),
    trace: traced(before.trace, after.trace, places),
  };
}

function summed(before: unknown, after: unknown): unknown {
  if (!isRecord(before) || !isRecord(after)) return after ?? before;
  const all = { ...before };
  for (const [phase, seconds] of Object.entries(after)) {
    const known = all[phase];
    all[phase] =
      typeof known === "number" && typeof seconds === "number" ? known + seconds : seconds;
  }
  return all;
}

/** `images[i]` of a trace is about the image at place i. */
function traced(before: unknown, after: unknown, places: readonly number[]): unknown {
  if (!isRecord(before) || !isRecord(after)) return after ?? before;
  const whole = { ...before, ...after };
  if (!Array.isArray(before.images) || !Array.isArray(after.images)) return whole;
  const images: unknown[] = [...before.images];
  for (const [at, place] of places.entries()) images[place] = after.images[at];
  return { ...whole, images };
}
