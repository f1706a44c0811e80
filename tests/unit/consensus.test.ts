import { describe, expect, test } from "vitest";
import type { Verdict } from "@/db/enums";
import { consensusOf, finalVerdict, type VotedImage } from "@/server/rating/domain/consensus";

const voted = (votes: string, adjudicated: VotedImage["adjudicated"] = null): VotedImage => ({
  votes: [...votes].map((vote): Verdict => {
    if (vote === "b") return "broken";
    return vote === "1" ? "correct" : "incorrect";
  }),
  adjudicated,
});

/** Twenty images: the given ones, and the rest as the last argument says. */
const grid = (images: readonly VotedImage[], rest: string) => [
  ...images,
  ...Array.from({ length: 20 - images.length }, () => voted(rest)),
];

describe("the verdict of one image", () => {
  test.each([
    ["111", "correct", "unanimous"],
    ["000", "incorrect", "unanimous"],
    ["110", "correct", "majority"],
    ["1", "correct", "unanimous"],
    ["11b", "correct", "majority"],
    ["1b0", null, "tie"],
    ["1100", null, "tie"],
    ["bb", null, "broken"],
    ["", null, "broken"],
  ] as const)("votes %s are %s by %s", (votes, verdict, from) => {
    expect(finalVerdict(voted(votes))).toEqual({ verdict, from });
  });

  test("an adjudicated verdict stands, whatever the votes say", () => {
    expect(finalVerdict(voted("111", "incorrect"))).toEqual({
      verdict: "incorrect",
      from: "adjudicated",
    });
  });
});

describe("the consensus of a grid", () => {
  test("counts images by where their verdict comes from, and gives the Level", () => {
    const images = grid([voted("111"), voted("110"), voted("10", "correct")], "000");

    expect(consensusOf(images)).toMatchObject({
      unanimous: 18,
      majority: 1,
      adjudicated: 1,
      open: 0,
      correct: 3,
      level: 4,
    });
  });

  test("has no Level while an image is tied", () => {
    expect(consensusOf(grid([voted("10")], "00"))).toMatchObject({ open: 1, level: null });
  });

  test("disagreement is the mean share of rater pairs that differ", () => {
    // 2 of 3 pairs differ on one image of twenty.
    expect(consensusOf(grid([voted("110")], "000")).disagreement).toBeCloseTo(2 / 3 / 20, 12);
    expect(consensusOf(grid([], "0")).disagreement).toBeNull();
  });

  test.each([
    ["none correct, one rater: one vote more makes a Level 4", grid([], "0"), true],
    ["none correct, three of one mind", grid([], "000"), false],
    ["none correct, one image by two to one", grid([voted("100")], "000"), true],
    ["three correct, far from both edges", grid([voted("1"), voted("1"), voted("1")], "0"), false],
    ["one correct by two to one", grid([voted("110")], "000"), true],
    ["one correct, and settled", grid([voted("110", "correct")], "000"), false],
    ["all correct: the Level has room", grid([], "1"), false],
  ])("on the boundary or not: %s", (_, images, expected) => {
    expect(consensusOf(images).isBoundary).toBe(expected);
  });
});
