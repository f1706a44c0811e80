import { expect, test } from "vitest";
import { pairDetail } from "@/server/mining/pair-detail";
import { listActivity } from "@/server/project/list-activity";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function pairWithGrid() {
  const owner = await makeMember(db);
  const grid = await makeGrid(db, { projectId: owner.member.projectId });
  return { owner, ...grid };
}

test("a pair's page holds its 20 images by prompt and seed, in the order of the grid", async () => {
  const { owner, pairId, imageIds } = await pairWithGrid();

  const { sheets, promptSets } = await pairDetail(owner, pairId);

  expect(promptSets.map((set) => set.prompts.length)).toEqual([5]);
  expect(sheets).toHaveLength(1);
  const inGridOrder = sheets[0]!.cells.toSorted((a, b) => a.row - b.row || a.prompt - b.prompt);
  expect(inGridOrder.map((cell) => cell.imageId)).toEqual(imageIds);
});

test("verdicts appear on the images only after their sitting was submitted", async () => {
  const { owner, pairId } = await pairWithGrid();
  const rater = await makeMember(db, { projectId: owner.member.projectId, role: "expert" });
  await claimNextSeat(rater);
  const before = await pairDetail(owner, pairId);

  await rateNextGrid(rater, 12);

  const after = await pairDetail(owner, pairId);
  expect(before.sheets[0]!.cells.flatMap((cell) => cell.marks)).toEqual([]);
  const marks = after.sheets[0]!.cells.flatMap((cell) => cell.marks);
  expect(marks.filter((mark) => mark.verdict === "correct")).toHaveLength(12);
  expect(after.sheets[0]!.levels).toMatchObject([
    { level: 2, correct: 12, source: "rater", isOfRecord: true },
  ]);
});

test("a simulated rater's verdicts are told apart from a person's", async () => {
  const { owner, pairId } = await pairWithGrid();
  const robot = await makeMember(db, {
    projectId: owner.member.projectId,
    role: "expert",
    isSimulated: true,
  });

  await rateNextGrid(robot, 0);

  const { sheets } = await pairDetail(owner, pairId);
  expect(sheets[0]!.levels).toMatchObject([{ level: 5, source: "simulated" }]);
  expect(sheets[0]!.cells.every(({ marks }) => marks[0]?.isSimulated)).toBe(true);
});

test("a Level that two raters gave together says of how many it is, here and on the board", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const { pairId } = await makeGrid(db, { projectId, raters: 2 });
  const raters = [
    await makeMember(db, { projectId, role: "expert" }),
    await makeMember(db, { projectId, role: "expert" }),
  ];
  for (const rater of raters) await rateNextGrid(rater, 0);

  const together = expect.objectContaining({ source: "consensus", rater: null, raters: 2 });
  expect((await pairDetail(owner, pairId)).sheets[0]!.levels).toContainEqual(together);
  const [told] = await listActivity(db, projectId);
  expect(told).toEqual(together);
  expect(told).toMatchObject({ purpose: "mining", generator: expect.stringMatching(/./) });
});

test("a pair of another project is not found", async () => {
  const { pairId } = await pairWithGrid();
  const stranger = await makeMember(db);

  await expect(pairDetail(stranger, pairId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
