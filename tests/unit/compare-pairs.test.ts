import { expect, test } from "vitest";
import { comparePairs } from "@/server/mining/domain/compare-pairs";
import { seededDraws } from "@/server/mining/domain/random";
import { createTwinIndex } from "@/server/mining/domain/twin-index";

const pair = (a: string, b: string) => ({ a, b });

test("the same concepts in the other order are the same pair", () => {
  expect(comparePairs(pair("iced coke", "tea cup"), pair("the teacups", "iced coke"))).toEqual({
    step: "exact",
    similarity: 1,
  });
});

test("pairs that merely share all their words are not alike", () => {
  expect(comparePairs(pair("tea cup", "iced coke"), pair("coke cup", "iced tea"))).toBeNull();
});

test("both concepts must be alike: one shared concept is not enough", () => {
  expect(comparePairs(pair("iced coke", "tea cup"), pair("iced coke", "wine glass"))).toBeNull();
});

test("the same words in another order are found by the lexical step", () => {
  expect(
    comparePairs(pair("glass of red wine", "fish bowl"), pair("red wine of glass", "fish bowl")),
  ).toMatchObject({ step: "lexical", similarity: 1 });
});

test("a slip of the pen in a long concept is found by its letters", () => {
  const like = comparePairs(
    pair("extraordinarily decorated porcelain", "tea cup"),
    pair("extraordinarily decorated porcelaine", "tea cup"),
  );
  expect(like?.step).toBe("lexical");
  expect(like?.similarity).toBeGreaterThan(0.85);
  expect(like?.similarity).toBeLessThan(1);
});

test("the likeness of a pair is that of its weaker concept", () => {
  const strong = pair("big red balloon of warm air", "extraordinarily decorated porcelain");
  const weak = pair("warm air of big red balloon", "extraordinarily decorated porcelaine");
  expect(comparePairs(strong, weak)?.similarity).toBeLessThan(1);
});

test("the index finds what comparing with every pair finds", () => {
  const draw = seededDraws(11);
  const words = ["red", "wine", "glass", "tall", "tea", "cup", "porcelain", "of", "cold", "bottle"];
  const concept = () =>
    Array.from(
      { length: 1 + Math.floor(draw() * 5) },
      () => words[Math.floor(draw() * words.length)],
    ).join(" ");
  const known = Array.from({ length: 150 }, () => pair(concept(), concept()));
  const index = createTwinIndex(known);
  let twins = 0;
  for (let round = 0; round < 150; round += 1) {
    const asked = pair(concept(), concept());
    const best = known
      .map((other) => comparePairs(asked, other)?.similarity ?? 0)
      .reduce((top, next) => Math.max(top, next), 0);
    const found = index.find(asked);
    expect(found?.similarity ?? 0, JSON.stringify(asked)).toBeCloseTo(best, 10);
    if (found) twins += 1;
  }
  expect(twins).toBeGreaterThan(1);
});
