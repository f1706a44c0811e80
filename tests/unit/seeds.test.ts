import { expect, test } from "vitest";
import { canonicalJson } from "@/server/generation/domain/canonical-json";
import { seedsOf } from "@/server/generation/domain/seeds";

const PROJECT = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000";

test("asking for more seeds never changes the first ones", () => {
  expect(seedsOf(PROJECT, 1, 64).slice(0, 4)).toEqual(seedsOf(PROJECT, 1));
});

test("seeds are the documented numbers", () => {
  expect(seedsOf(PROJECT, 1)).toMatchInlineSnapshot(`
    [
      1488556367,
      526699049,
      549283904,
      554184621,
    ]
  `);
});

test("seeds fit a signed 32-bit column and differ between sets and projects", () => {
  const many = [1, 2, 3].flatMap((set) => [
    ...seedsOf(PROJECT, set, 64),
    ...seedsOf("another project", set, 64),
  ]);

  expect(many.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
  expect(new Set(many).size).toBe(many.length);
});

test("equal values have equal canonical text, whatever the order of their keys", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: undefined })).toBe(
    '{"b":[1,{"c":"x","d":null}]}',
  );
});
