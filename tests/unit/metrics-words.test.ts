import { describe, expect, it } from "vitest";
import { followsWords } from "@/app/(lab)/p/[project]/metrics/_metrics/words";

describe("what is said of a score and people", () => {
  it("says that it follows them only where it does", () => {
    const drawn = { standardError: 0.1, draws: 2000, seed: 1, undefinedDraws: 0 };
    const interval = { low: 0.21, high: 0.58, ...drawn };
    expect(followsWords({ value: 0.41, interval }, "people")).toBe(
      "follows people with ρ .41 [.21, .58]",
    );
    expect(followsWords({ value: -1, interval: null }, "people")).toBe(
      "does not follow people: ρ −1.00",
    );
    expect(followsWords({ value: 0, interval: null }, "the simulated rater")).toBe(
      "does not follow the simulated rater: ρ .00",
    );
  });

  it("says that there is nothing to compare where no number came of it", () => {
    expect(followsWords({ value: "no variation", interval: null }, "people")).toBe(
      "has nothing to be compared with people yet",
    );
  });
});
