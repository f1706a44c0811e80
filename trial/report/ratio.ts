import { seededDraws } from "@/server/mining/domain/random";

const RESAMPLES = 4000;
const TAIL = 0.025;

export type Ratio = { estimate: number; low: number; high: number };

/** The ratio of two means over paired runs, with a 95 % percentile bootstrap over the seeds. */
export function pairedRatio(tops: readonly number[], bottoms: readonly number[]): Ratio {
  const draw = seededDraws(tops.length);
  const ratioOf = (runs: readonly number[]) => {
    const sum = (values: readonly number[]) =>
      runs.reduce((total, run) => total + (values[run] ?? 0), 0);
    return sum(tops) / sum(bottoms);
  };
  const resampled = Array.from({ length: RESAMPLES }, () =>
    ratioOf(tops.map(() => Math.floor(draw() * tops.length))),
  ).sort((x, y) => x - y);
  const at = (share: number) => resampled[Math.floor(share * (RESAMPLES - 1))] ?? 0;
  return { estimate: ratioOf([...tops.keys()]), low: at(TAIL), high: at(1 - TAIL) };
}
