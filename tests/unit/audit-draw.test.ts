import { expect, test } from "vitest";
import { ProjectSettings } from "@/server/project/schemas";
import { planSubmission } from "@/server/rating/plan-submission";
import type { SubmissionBasis } from "@/server/rating/read-submission";

const GRIDS = 3000;
const idOf = (number: number, of: string) =>
  `00000000-0000-7000-8000-${of}${number.toString(16).padStart(11, "0")}`;
const imageIds = Array.from({ length: 20 }, (_, index) => idOf(index, "1"));
const said = {
  guidelineVersion: 0,
  paintedAt: null,
  firstActionAt: null,
  activeMs: 40_000,
};

/** The last rater of a grid, who finds the first so many images correct. */
function basisOf(number: number, correct: number, sittingId = idOf(number, "2")): SubmissionBasis {
  const projectId = idOf(0, "3");
  const gridId = idOf(number, "4");
  const cells = imageIds.map((imageId, index) => ({
    position: index + 1,
    imageId,
    verdict: index < correct ? ("correct" as const) : ("incorrect" as const),
  }));
  return {
    sitting: {
      id: sittingId,
      gridId,
      projectId,
      raterId: idOf(0, "5"),
      kind: "seat",
      mode: "full",
      state: "live",
      orderSeed: 1,
      layout: "columns",
    },
    isSimulated: false,
    hasSeat: true,
    closedRound: null,
    cells,
    votes: {
      gridId,
      projectId,
      mode: "full",
      seats: [{ sittingId, kind: "plan", isCompleted: false, isSimulated: false }],
      imageIds,
      ballots: { [sittingId]: Object.fromEntries(cells.map((c) => [c.imageId, c.verdict])) },
      rulings: {},
      standing: [],
    },
    patternId: idOf(0, "6"),
    isAuto: false,
    settings: ProjectSettings.parse({ audit: true }),
    phases: {},
    isStopped: false,
    meant: null,
  };
}

function drawn(correct: number, sittingOf?: (number: number) => string): number[] {
  const numbers = Array.from({ length: GRIDS }, (_, index) => index + 1);
  return numbers.filter((number) => {
    const basis = basisOf(number, correct, sittingOf?.(number));
    return planSubmission(basis, { sittingId: basis.sitting.id, ...said }).look === "audit";
  });
}

test("of the grids with no correct image about a fifth is looked at again, whichever rater submits them and however often", () => {
  const first = drawn(0);

  // A fifth, to four standard deviations.
  expect(Math.abs(first.length / GRIDS - 0.2)).toBeLessThan(0.03);
  expect(drawn(0, (number) => idOf(number, "7"))).toEqual(first);
});

test("the draw is of each grid for itself: no run of numbers is spared or taken", () => {
  const shares = [0, 1, 2].map((third) => {
    const inThird = drawn(0).filter((number) => Math.ceil(number / (GRIDS / 3)) === third + 1);
    return inThird.length / (GRIDS / 3);
  });

  for (const share of shares) expect(Math.abs(share - 0.2)).toBeLessThan(0.05);
});

test("every grid with one or two correct images is looked at again, and none with three", () => {
  expect([1, 2, 3].map((correct) => drawn(correct).length)).toEqual([GRIDS, GRIDS, 0]);
});
