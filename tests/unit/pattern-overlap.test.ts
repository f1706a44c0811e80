import { describe, expect, test } from "vitest";
import { conceptKey } from "@/server/mining/domain/concept";
import { freeName, withoutNumber } from "@/server/mining/domain/free-name";
import { nameKey } from "@/server/mining/domain/name-key";
import { pairKey } from "@/server/mining/domain/pair-key";
import { byOverlap, type KnownWords, overlapOf } from "@/server/mining/domain/pattern-overlap";

const PROPOSED = {
  name: "Beverage and incorrect container",
  definition: "A drink in a vessel it is never served in.",
  examples: [
    { a: "iced coke", b: "tea cup" },
    { a: "red wine", b: "milk bottle" },
    { a: "hot tea", b: "wine glass" },
  ],
};

function known(words: Partial<KnownWords>, pairs: readonly (readonly [string, string])[] = []) {
  return {
    name: "Animal and incorrect place",
    definition: "An animal where it does not live.",
    pairKeys: new Set(pairs.map(([a, b]) => pairKey(a, b))),
    conceptKeys: new Set(pairs.flat().map(conceptKey)),
    ...words,
  };
}

describe("the overlap of a proposed pattern with another", () => {
  test("is nothing to speak of when neither words nor pairs meet", () => {
    const overlap = overlapOf(PROPOSED, known({}));

    expect(overlap.isLikely).toBe(false);
    expect(overlap.pairs).toEqual({ shared: 0, of: 3 });
    expect(overlap.concepts).toEqual({ shared: 0, of: 6 });
  });

  test("is likely by the name alone, also behind the number that a clash put there", () => {
    const overlap = overlapOf(
      { ...PROPOSED, name: "Beverages and incorrect containers (2)" },
      known({ name: "Beverage and incorrect container" }),
    );

    expect(overlap).toMatchObject({ name: 1, isLikely: true });
  });

  test("is not made by the filler words that names of patterns share", () => {
    const overlap = overlapOf(
      { ...PROPOSED, name: "Animal and incorrect coat" },
      known({ name: "Animal and incorrect place" }),
    );

    expect(overlap.name).toBeGreaterThan(0.5);
    expect(overlap.isLikely).toBe(false);
  });

  test("counts a shared pair whichever way round it was written", () => {
    const overlap = overlapOf(PROPOSED, known({}, [["tea cups", "an iced coke"]]));

    expect(overlap).toMatchObject({
      pairs: { shared: 1, of: 3 },
      concepts: { shared: 2, of: 6 },
      isLikely: true,
    });
  });

  test("half of the concepts is what a crossing takes from one parent; more is an overlap", () => {
    const half: [string, string][] = [
      ["iced coke", "bucket"],
      ["red wine", "bucket"],
      ["hot tea", "bucket"],
    ];

    expect(overlapOf(PROPOSED, known({}, half)).isLikely).toBe(false);
    expect(overlapOf(PROPOSED, known({}, [...half, ["milk", "tea cup"]])).isLikely).toBe(true);
  });

  test("an empty definition is like no other empty one", () => {
    expect(overlapOf({ ...PROPOSED, definition: "" }, known({ definition: "" })).definition).toBe(
      0,
    );
  });

  test("likely ones come first, then by the largest figure", () => {
    const overlaps = [
      overlapOf(PROPOSED, known({})),
      overlapOf(PROPOSED, known({}, [["iced coke", "tea cup"]])),
      overlapOf(PROPOSED, known({ name: PROPOSED.name })),
    ];

    expect(overlaps.toSorted(byOverlap)).toEqual([overlaps[2], overlaps[1], overlaps[0]]);
  });
});

describe("a name for a proposed pattern", () => {
  const taken = (...names: string[]) => new Set(names.map(nameKey));

  test("stays when it is free, else gets the next number", () => {
    expect(freeName("Animal coats", taken("Fruit trees"))).toBe("Animal coats");
    expect(freeName(" animal  COATS", taken("Animal coats"))).toBe("animal COATS (2)");
    expect(freeName("Animal coats", taken("Animal coats", "Animal coats (2)"))).toBe(
      "Animal coats (3)",
    );
  });

  test("never grows beyond what a name may have, and is never empty", () => {
    const long = "x".repeat(120);
    expect(freeName(long, taken(long))).toBe(`${"x".repeat(116)} (2)`);
    expect(freeName(" !!! ", taken())).toBe("Pattern without a name");
  });

  test("gives the number back", () => {
    expect(withoutNumber("Animal coats (12)")).toBe("Animal coats");
    expect(withoutNumber("Coats (winter)")).toBe("Coats (winter)");
  });
});
