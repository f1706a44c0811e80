import { and, asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, gridImages, grids, levels, sittings, verdictEvents } from "@/db/schema";
import { openGrids } from "@/server/generation/open-grids";
import { redrawBroken } from "@/server/generation/redraw-broken";
import { startRun } from "@/server/generation/start-run";
import { decidePair } from "@/server/mining/decide-pair";
import { pairDetail } from "@/server/mining/pair-detail";
import { getSitting } from "@/server/rating/get-sitting";
import { listMarks } from "@/server/rating/list-marks";
import { listProblems } from "@/server/rating/list-problems";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { makeMember } from "@/tests/support/make/member";
import { submit, verdictEvent } from "@/tests/support/rate";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;
let rater: MemberContext;

beforeEach(async () => {
  project = await makeLookProject(db, 1);
  rater = await makeMember(db, { projectId: project.projectId, role: "expert" });
});

/** Image 3 correct, image 7 broken unless others are, the rest incorrect. */
async function ratedWithBroken(broken = [7]) {
  await startRun(project.ctx, {});
  await project.draw();
  const sittingId = await claimSitting(rater);
  const { cells } = await getSitting(rater, sittingId);
  const verdictOf = (position: number) => (position === 3 ? "correct" : "incorrect");
  await recordVerdictEvents(rater, {
    sittingId,
    events: cells.map(({ imageId, position }, at) =>
      verdictEvent(imageId, at + 1, broken.includes(position) ? "broken" : verdictOf(position)),
    ),
  });
  await submit(rater, sittingId);
  const [grid] = await allGrids();
  return { sittingId, grid: grid! };
}

const allGrids = () =>
  db.select().from(grids).where(eq(grids.projectId, project.projectId)).orderBy(asc(grids.id));
const imagesOf = async (gridId: string) =>
  (
    await db
      .select()
      .from(gridImages)
      .where(eq(gridImages.gridId, gridId))
      .orderBy(asc(gridImages.position))
  ).map(({ imageId }) => imageId);

test("a broken image is drawn again with a spare seed, and the new grid shows it among the other 19", async () => {
  const { grid } = await ratedWithBroken();

  expect(await redrawBroken(project.ctx, { gridId: grid.id })).toEqual({ number: 2 });
  const asked = (await project.renders()).at(-1)!;
  expect((asked.input as { seeds: number[] }).seeds).toHaveLength(1);
  expect(await project.spent()).toMatchObject({ reserved: 1, settled: 5 });
  await project.draw();

  const [before, after] = await allGrids();
  const [old, now] = [await imagesOf(before!.id), await imagesOf(after!.id)];
  expect(now).toHaveLength(20);
  expect(now.flatMap((id, at) => (id === old[at] ? [] : [at + 1]))).toEqual([7]);
});

test("where each of the five prompts has a broken image, one grid shows all five anew", async () => {
  const broken = [6, 7, 8, 9, 10];
  const { grid } = await ratedWithBroken(broken);
  await redrawBroken(project.ctx, { gridId: grid.id });
  await project.draw();

  const [before, after] = await allGrids();
  const [old, now] = [await imagesOf(before!.id), await imagesOf(after!.id)];
  expect(now.flatMap((id, at) => (id === old[at] ? [] : [at + 1]))).toEqual(broken);
});

test("its rater goes on where they were: one image to judge, and the Level comes", async () => {
  const { grid, sittingId: first } = await ratedWithBroken();
  await redrawBroken(project.ctx, { gridId: grid.id });
  await project.draw();

  const sittingId = await claimSitting(rater);
  const { cells, lastSeq } = await getSitting(rater, sittingId);
  expect(cells.filter(({ verdict }) => verdict === null).map(({ position }) => position)).toEqual([
    7,
  ]);
  expect(cells.find(({ position }) => position === 3)?.verdict).toBe("correct");
  const open = cells.find(({ position }) => position === 7)!;
  await recordVerdictEvents(rater, {
    sittingId,
    events: [verdictEvent(open.imageId, lastSeq + 1, "incorrect")],
  });
  await submitSitting(rater, {
    sittingId,
    guidelineVersion: 0,
    paintedAt: new Date(),
    firstActionAt: new Date(),
    activeMs: 3_000,
  });

  // Three seconds for one image are no haste, though the grid has twenty.
  expect((await listMarks(project.ctx)).grids).toEqual([]);
  const [after] = (await allGrids()).slice(-1);
  expect(await db.select().from(levels).where(eq(levels.gridId, after!.id))).toMatchObject([
    { source: "rater", correct: 1, rated: 20, level: 4 },
  ]);
  const [mended] = await db
    .select({ payload: decisions.payload })
    .from(decisions)
    .where(and(eq(decisions.projectId, project.projectId), eq(decisions.action, "grid.mend")));
  expect(mended!.payload).toMatchObject({
    from: grid.id,
    carried: [{ from: first, to: sittingId, verdicts: 19 }],
  });
});

test("asking twice, and the job running twice, make one run, one grid and one sitting", async () => {
  const { grid } = await ratedWithBroken();
  await redrawBroken(project.ctx, { gridId: grid.id });
  await redrawBroken(project.ctx, { gridId: grid.id });
  await project.draw();
  const { id: renderId } = (await project.renders()).at(-1)!;
  await openGrids({ renderId }, { db, signal: new AbortController().signal });

  const all = await allGrids();
  expect(all).toHaveLength(2);
  const seated = await db.select().from(sittings).where(eq(sittings.gridId, all[1]!.id));
  expect(seated).toHaveLength(1);
  const copied = await db.select().from(verdictEvents).where(eq(verdictEvents.gridId, all[1]!.id));
  expect(copied).toHaveLength(19);
  expect(await project.spent()).toMatchObject({ reserved: 0, settled: 6 });
});

test("a later run draws with the project's own seeds, not with the spare ones", async () => {
  const { grid } = await ratedWithBroken();
  await redrawBroken(project.ctx, { gridId: grid.id });

  expect(await startRun(project.ctx, {})).toEqual({ number: 1, pairsAdded: 0 });
});

test("broken images are listed until they are drawn again or their pair is set aside", async () => {
  const { grid } = await ratedWithBroken();
  const listed = async () =>
    (await listProblems(project.ctx)).broken.map(({ gridId, position }) => ({ gridId, position }));
  expect(await listed()).toEqual([{ gridId: grid.id, position: 7 }]);
  await decidePair(project.ctx, { pairId: grid.pairId, decision: "set_aside" });
  expect(await listed()).toEqual([]);
  await expect(redrawBroken(project.ctx, { gridId: grid.id })).rejects.toMatchObject({
    code: "CONFLICT",
  });

  await decidePair(project.ctx, { pairId: grid.pairId, decision: "accept" });
  await redrawBroken(project.ctx, { gridId: grid.id });
  expect(await listed()).toHaveLength(1);
  await project.draw();
  expect(await listed()).toEqual([]);
});

test("the page of the pair shows the new grid whole, before and after its image is drawn", async () => {
  const { grid } = await ratedWithBroken();
  await redrawBroken(project.ctx, { gridId: grid.id });
  const cells = async () => (await pairDetail(project.ctx, grid.pairId)).sheets.at(-1)!.cells;
  const open = (await cells()).filter(({ imageId }) => imageId === null);
  expect(open).toMatchObject([{ prompt: 2, row: 1, state: "queued" }]);
  await project.draw();

  expect((await cells()).filter(({ imageId }) => imageId === null)).toEqual([]);
  const { unlevelled } = await pairDetail(project.ctx, grid.pairId);
  expect(unlevelled).toMatchObject([{ broken: 1 }]);
});

test("a grid without a broken image is refused with the reason", async () => {
  await startRun(project.ctx, {});
  await project.draw();
  const [grid] = await allGrids();
  await expect(redrawBroken(project.ctx, { gridId: grid!.id })).rejects.toMatchObject({
    message: "No image of this grid is called broken.",
  });
});
