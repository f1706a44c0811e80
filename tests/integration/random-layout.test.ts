import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { grids, levels, sittings } from "@/db/schema";
import { screenOrder } from "@/server/rating/domain/screen-order";
import { getSitting } from "@/server/rating/get-sitting";
import { listProblems } from "@/server/rating/list-problems";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { writeNote } from "@/server/rating/write-note";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

test("a grid laid at random is shown as its sitting's seed says, and its verdicts name images", async () => {
  const rater = await makeMember(db);
  const { gridId, imageIds } = await makeGrid(db, { projectId: rater.member.projectId });
  await db.update(grids).set({ layout: "random" }).where(eq(grids.id, gridId));
  const sittingId = await claimSitting(rater);
  const [row] = await db.select().from(sittings).where(eq(sittings.id, sittingId));

  const before = await getSitting(rater, sittingId);
  const order = screenOrder(row!.orderSeed, 20);
  expect(before.layout).toBe("random");
  expect(before.cells.map(({ imageId }) => imageId)).toEqual(order.map((at) => imageIds[at]));

  await judgeAll(rater, sittingId, { imageIds, correct: 3 });
  const after = await getSitting(rater, sittingId);
  expect(after.cells.map(({ imageId }) => imageId)).toEqual(order.map((at) => imageIds[at]));
  await submit(rater, sittingId);
  expect(await db.select().from(levels).where(eq(levels.gridId, gridId))).toMatchObject([
    { correct: 3, level: 4, mode: "full" },
  ]);
});

test("what is still open of a random grid is told by the numbers that its rater sees", async () => {
  const rater = await makeMember(db);
  const { gridId, imageIds } = await makeGrid(db, { projectId: rater.member.projectId });
  await db.update(grids).set({ layout: "random" }).where(eq(grids.id, gridId));
  const sittingId = await claimSitting(rater);
  const { cells } = await getSitting(rater, sittingId);
  const events = imageIds
    .filter((imageId) => imageId !== cells[6]?.imageId)
    .map((imageId, index) => verdictEvent(imageId, index + 1, "correct"));
  await recordVerdictEvents(rater, { sittingId, events });

  await expect(submit(rater, sittingId)).rejects.toThrow("Image 7 has no verdict yet.");
});

test("a gap in the guidelines is kept with the note, also without words, and comes first", async () => {
  const rater = await makeMember(db);
  const { imageIds: first } = await makeGrid(db, { projectId: rater.member.projectId });
  const gap = await claimSitting(rater);
  await writeNote(rater, { sittingId: gap, note: "", isGuidelineGap: true });
  await writeNote(rater, { sittingId: gap, note: "" });
  await judgeAll(rater, gap, { imageIds: first, correct: 0 });
  await submit(rater, gap);
  const { imageIds: second } = await makeGrid(db, { projectId: rater.member.projectId });
  const noted = await claimSitting(rater);
  await writeNote(rater, { sittingId: noted, note: "Look at the handle.", isGuidelineGap: false });
  await judgeAll(rater, noted, { imageIds: second, correct: 0 });
  await submit(rater, noted);

  const { notes } = await listProblems(rater);

  expect(notes.map(({ sittingId, isGuidelineGap }) => [sittingId, isGuidelineGap])).toEqual([
    [gap, true],
    [noted, false],
  ]);
});
