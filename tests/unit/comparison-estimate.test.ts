import { expect, test } from "vitest";
import {
  costOf,
  estimate,
  estimateWords,
  leftOutWords,
} from "@/app/(lab)/p/[project]/compare/new/_new/estimate";

type Generator = Parameters<typeof estimate>[2][number];
const generator = (
  name: string,
  cost: Partial<Generator["cost"]> | null,
  planned: Generator["planned"] = null,
): Generator => ({
  name,
  number: 1,
  rendersPerPair: 5,
  planned,
  cost: cost && {
    generatorRevisionId: name,
    images: 20,
    evals: 80,
    backwards: 0,
    seconds: 1,
    ...cost,
  },
});
const words = (...generators: Generator[]) => {
  const takes = estimate({ imagesPerPair: 20 }, 2, generators);
  return [estimateWords(takes), ...leftOutWords(takes)];
};

test("the sums are over all generators; backward passes are told where a method takes any", () => {
  expect(words(generator("SDXL", {}))).toEqual([
    "10 renders, 40 images, 3,200 evals, 40 seconds of drawing",
  ]);
  expect(words(generator("SDXL", {}), generator("Attend", { backwards: 25.5 }))).toEqual([
    "20 renders, 80 images, 6,400 evals, 1,020 backward passes, 80 seconds of drawing",
  ]);
});

test("a sum names whom it leaves out, and why", () => {
  const hosted = generator("Hosted", { evals: null, backwards: null });
  expect(words(hosted, generator("SDXL", {}), generator("New", null))).toEqual([
    "30 renders, 120 images, 3,200 evals, 80 seconds of drawing",
    "Evals and seconds leave out New, revision 1: nothing is known of it before its first image.",
    "Evals leave out Hosted, revision 1: it counts none.",
  ]);
  expect(words(generator("Timeless", { seconds: null })).slice(1)).toEqual([
    "Seconds leave out Timeless, revision 1: it tells no times.",
  ]);
});

test("of one that has drawn nothing the dearer end of its endpoint's plan is summed, and said", () => {
  const planned = { least: 80, most: 226, backwards: 25 };
  expect(words(generator("New", null, planned))).toEqual([
    "10 renders, 40 images, 9,040 evals, 1,000 backward passes, 0 seconds of drawing",
    "Seconds leave out New, revision 1: its evals are what its endpoint plans at most.",
  ]);
  // What an image did cost is better than what one was to cost.
  expect(words(generator("Drawn", {}, planned))).toEqual([
    "10 renders, 40 images, 3,200 evals, 40 seconds of drawing",
  ]);
});

test("what an image has cost is said, else what is planned, else that nothing is known", () => {
  expect(costOf(generator("A", {}))).toBe("80 evals, 1.00 s an image");
  const ends = { least: 80, most: 226, backwards: 0 };
  expect(costOf(generator("A", null, ends))).toBe(
    "nothing drawn yet, 80 to 226 evals planned an image",
  );
  expect(costOf(generator("A", null, { least: 105, most: 105, backwards: 25 }))).toBe(
    "nothing drawn yet, 105 evals and 25 backward planned an image",
  );
  expect(costOf(generator("A", null))).toBe("nothing drawn yet");
});
