import { describe, expect, it } from "vitest";
import { followsWords } from "@/app/(lab)/p/[project]/metrics/_metrics/words";

const drawn = { standardError: 0.1, draws: 2000, seed: 1, undefinedDraws: 0 };
const interval = { low: 0.21, high: 0.58, ...drawn };

describe("what is said of a score and people", () => {
  it("says that it follows them only where it does", () => {
    expect(followsWords({ pairs: 26, spearman: { value: 0.41, interval } }, "people")).toBe(
      "follows people with ρ .41 [.21, .58]",
    );
    expect(followsWords({ pairs: 10, spearman: { value: -1, interval: null } }, "people")).toBe(
      "does not follow people: ρ −1.00",
    );
    expect(
      followsWords({ pairs: 26, spearman: { value: 0, interval: null } }, "the simulated rater"),
    ).toBe("does not follow the simulated rater: ρ .00");
  });

  it("says of few pairs how many they are and that they are too few, and not that it follows", () => {
    expect(followsWords({ pairs: 9, spearman: { value: 0.41, interval } }, "people")).toBe(
      "has ρ .41 [.21, .58] with people on 9 pairs: too few to read (fewer than 10)",
    );
  });

  it("says why no number came of it, and of nothing to compare only where no pair is compared", () => {
    expect(
      followsWords({ pairs: 0, spearman: { value: "no overlap", interval: null } }, "people"),
    ).toBe("has nothing to be compared with people over all generators yet");
    expect(
      followsWords({ pairs: 1, spearman: { value: "no overlap", interval: null } }, "people"),
    ).toBe("has no ρ with people on 1 pair: too few to read (fewer than 10)");
    expect(
      followsWords({ pairs: 12, spearman: { value: "no variation", interval: null } }, "people"),
    ).toBe("has no ρ with people while all scores or all counts are the same, on 12 pairs");
  });
});
