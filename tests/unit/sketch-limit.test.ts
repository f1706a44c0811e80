import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bandsOf } from "@/server/mining/domain/meaning/bands";
import { builtInVector, toUnitLength } from "@/server/mining/domain/meaning/built-in-vector";
import { cosine } from "@/server/mining/domain/meaning/compare-meaning";
import { BUILT_IN_LIMITS } from "@/server/mining/domain/meaning/limits";
import { sketchLimit } from "@/server/mining/domain/meaning/sketch-limit";
import { seededDraws } from "@/server/mining/domain/random";

type Sketched = { vector: Float32Array; bands: readonly number[] };
const sketched = (vector: Float32Array): Sketched => ({ vector, bands: bandsOf(vector) });
const cosineOf = (x: Sketched, y: Sketched) => cosine(x.vector, y.vector) ?? -1;

function differing(x: Sketched, y: Sketched): number {
  return x.bands.reduce((sum, band, at) => sum + ones(band ^ (y.bands[at] ?? 0)), 0);
}

const ones = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + ones(bits >>> 1));

const labelled = JSON.parse(readFileSync("tests/fixtures/duplicate-pairs.json", "utf8")) as {
  x: [string, string];
  y: [string, string];
}[];
const concepts = [...new Set(labelled.flatMap(({ x, y }) => [...x, ...y]))];

test("of the concepts of the labelled list, each with each, none that is alike enough is passed over", () => {
  const all = concepts.map((concept) => sketched(builtInVector(concept)));
  const pairs = all.flatMap((x, at) => all.slice(at + 1).map((y) => [x, y] as const));
  const near = pairs.filter(([x, y]) => cosineOf(x, y) >= BUILT_IN_LIMITS.flag);
  const limit = sketchLimit(BUILT_IN_LIMITS.flag);
  expect(near.length).toBeGreaterThan(100);
  expect(near.filter(([x, y]) => differing(x, y) > limit)).toEqual([]);
  // Not because it lets everything through.
  const passed = pairs.filter(([x, y]) => differing(x, y) <= limit);
  expect(passed.length).toBeLessThan(pairs.length / 50);
});

test.each([0.5, 0.84, 0.9, 0.95, 0.999])(
  "of random vectors just as alike as the limit of %d none is passed over",
  (limit) => {
    const draws = seededDraws(7);
    const random = () =>
      toUnitLength(Float32Array.from({ length: 64 }, () => draws() + draws() - 1));
    for (let round = 0; round < 300; round++) {
      const x = random();
      const away = random();
      const along = cosine(x, away) ?? 0;
      const across = toUnitLength(away.map((value, at) => value - along * (x[at] ?? 0)));
      const y = x.map((value, at) => limit * value + Math.sqrt(1 - limit ** 2) * (across[at] ?? 0));
      expect(differing(sketched(x), sketched(y))).toBeLessThanOrEqual(sketchLimit(limit));
    }
  },
);

test("the limit lies six standard deviations above what vectors just as alike differ in", () => {
  const share = Math.acos(0.84) / Math.PI;
  const spread = Math.sqrt(1280 * share * (1 - share));
  expect((sketchLimit(0.84) - 1280 * share) / spread).toBeGreaterThanOrEqual(6);
  expect(sketchLimit(0.84)).toBe(317);
  // However near, a few sides may differ.
  expect(sketchLimit(1)).toBe(sketchLimit(0.99));
});
