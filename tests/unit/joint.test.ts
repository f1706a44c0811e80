import { expect, test } from "vitest";
import type { Verdict } from "@/db/enums";
import { jointOf, type Votes, type VotingSeat } from "@/server/rating/domain/joint";

const imageIds = Array.from({ length: 20 }, (_, at) => `image ${at}`);
const ballot = (correct: number): Record<string, Verdict> =>
  Object.fromEntries(imageIds.map((id, at) => [id, at < correct ? "correct" : "incorrect"]));
const seat = (sittingId: string | null, change: Partial<VotingSeat> = {}): VotingSeat => ({
  sittingId,
  kind: "plan",
  isCompleted: sittingId !== null,
  isSimulated: false,
  ...change,
});

const votes = (change: Partial<Votes> = {}): Votes => ({
  gridId: "grid",
  projectId: "project",
  mode: "full",
  seats: [seat("ann"), seat("bob"), seat("eve")],
  imageIds,
  ballots: { ann: ballot(1), bob: ballot(1), eve: ballot(4) },
  rulings: {},
  standing: [],
  ...change,
});

test("nothing is said together before every planned seat is completed, nor of a screened grid", () => {
  expect(jointOf(votes({ seats: [seat("ann"), seat("bob"), seat(null)] }))).toBeNull();
  expect(jointOf(votes({ mode: "screen" }))).toBeNull();
});

test("three raters have the Level of their majority", () => {
  expect(jointOf(votes())).toMatchObject({
    consensus: { judge: "human", raters: 3, unanimous: 17, majority: 3, firstLevel: 4 },
    isLevelKept: false,
    level: { source: "consensus", correct: 1, rated: 20, level: 4 },
  });
});

test("a Level that stands is kept only where it says the same", () => {
  const isKept = (standing: Votes["standing"]) => jointOf(votes({ standing }))?.isLevelKept;
  expect(isKept([{ source: "consensus", correct: 1 }])).toBe(true);
  expect(isKept([{ source: "consensus", correct: 2 }])).toBe(false);
  expect(isKept([{ source: "adjudicated", correct: 1 }])).toBe(false);
});

test("one rater's word has no Level beside its own until an image is adjudicated", () => {
  const alone = { seats: [seat("ann")] };
  expect(jointOf(votes(alone))).toMatchObject({ consensus: { raters: 1 }, level: undefined });
  expect(jointOf(votes({ ...alone, rulings: { "image 0": "incorrect" } }))).toMatchObject({
    level: { source: "adjudicated", correct: 0, level: 5 },
  });
});

test("after an audit both Levels are told: of the first look alone, and with the second", () => {
  const seats = [seat("ann"), seat("eve", { kind: "audit" })];
  const ballots = { ann: ballot(0), eve: ballot(0) };
  expect(jointOf(votes({ seats, ballots }))?.consensus).toMatchObject({
    firstLevel: 5,
    auditedLevel: 5,
  });
  expect(jointOf(votes())?.consensus.auditedLevel).toBeNull();
});

test("a grid that only programs judged says so", () => {
  const seats = ["ann", "bob"].map((id) => seat(id, { isSimulated: true }));
  expect(jointOf(votes({ seats }))).toMatchObject({
    consensus: { judge: "simulated" },
    level: { source: "simulated" },
  });
});
