import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, grids, levels, pairLevels, sittings } from "@/db/schema";
import { changeRating } from "@/server/project/change-rating";
import { screenOrder } from "@/server/rating/domain/screen-order";
import { getSitting } from "@/server/rating/get-sitting";
import { giveBack } from "@/server/rating/give-back";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { submit, verdictEvent } from "@/tests/support/rate";
import { makeScreeningProject, screen, screenNextGrid } from "@/tests/support/screened";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function seated() {
  const project = await makeScreeningProject(db);
  const grid = await project.addGrid();
  return { ...project, grid, sittingId: await claimSitting(project.rater) };
}

const levelRows = (gridId: string) => db.select().from(levels).where(eq(levels.gridId, gridId));
const refusal = (message: string) => ({ cause: { message } });

test("the mode is the project's when the grid is opened, and stays the grid's", async () => {
  const { projectId, owner, addGrid } = await makeScreeningProject(db);
  const screened = await addGrid();
  await changeRating(owner, { ratingMode: "full", detail: false });
  const full = await addGrid();

  const modeOf = async (id: string) =>
    (await db.select().from(grids).where(eq(grids.id, id)))[0]!.mode;
  expect([await modeOf(screened.gridId), await modeOf(full.gridId)]).toEqual(["screen", "full"]);
  const log = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.projectId, projectId), eq(decisions.action, "project.rating")));
  expect(log.map((row) => row.payload)).toMatchObject([
    { from: { ratingMode: "full" }, to: { ratingMode: "screen" } },
    { from: { ratingMode: "screen" }, to: { ratingMode: "full" } },
  ]);
});

test("images come in the order that the stored seed gives, also after the grid was given back", async () => {
  const { grid, rater, sittingId } = await seated();
  const [sitting] = await db.select().from(sittings).where(eq(sittings.id, sittingId));
  const expected = screenOrder(sitting!.orderSeed, 20).map((index) => grid.imageIds[index]);
  const shown = async () => (await getSitting(rater, sittingId)).cells.map((cell) => cell.imageId);

  expect(await shown()).toEqual(expected);
  await giveBack(rater, { sittingId });
  expect(await claimSitting(rater)).toBe(sittingId);
  expect(await shown()).toEqual(expected);
});

test("two sittings are shown in two orders", async () => {
  const { rater, addGrid, sittingId } = await seated();
  await addGrid();
  const other = await claimSitting(rater, [sittingId]);
  const places = async (id: string) =>
    (await getSitting(rater, id)).cells.map((cell) => cell.position);

  expect(await places(other)).not.toEqual(await places(sittingId));
});

test("stopped at the first correct image, the Level is at most 4, with the exact interval", async () => {
  const { grid, rater, sittingId } = await seated();
  await screen(rater, sittingId, 4);

  await submit(rater, sittingId);

  const [level] = await levelRows(grid.gridId);
  expect(level).toMatchObject({ mode: "screen", level: null, correct: 1, rated: 5 });
  expect(level!.low).toBeCloseTo(0.00505, 4);
  expect(level!.high).toBeCloseTo(0.60236, 4);
  expect(
    await db.select().from(pairLevels).where(eq(pairLevels.pairId, grid.pairId)),
  ).toMatchObject([{ mode: "screen", level: null }]);
});

test("with all 20 incorrect the Level is 5", async () => {
  const { grid, rater, sittingId } = await seated();
  await screen(rater, sittingId, 20);

  await submit(rater, sittingId);

  expect(await levelRows(grid.gridId)).toMatchObject([
    { mode: "screen", level: 5, correct: 0, rated: 20, low: 0 },
  ]);
});

test("a sitting that is neither stopped nor complete is refused, and told where it stands", async () => {
  const { rater, sittingId } = await seated();
  const { cells } = await getSitting(rater, sittingId);
  const judge = (at: number, verdict: "correct" | "incorrect") =>
    recordVerdictEvents(rater, {
      sittingId,
      events: [verdictEvent(cells[at]!.imageId, at + 1, verdict)],
    });

  await expect(submit(rater, sittingId)).rejects.toMatchObject({ code: "INVALID" });
  for (let at = 0; at < 19; at += 1) if (at !== 2) await judge(at, "incorrect");
  await expect(submit(rater, sittingId)).rejects.toThrow("Images 3 and 20 have no verdict yet.");
  await judge(4, "correct");
  await expect(submit(rater, sittingId)).rejects.toThrow("Image 3 has no verdict yet.");
  await judge(2, "incorrect");
  await submit(rater, sittingId);
});

test("a broken image ends nothing: without a correct one there is no Level, with one there is", async () => {
  const { grid, rater, sittingId, addGrid } = await seated();
  const flag = async (id: string, seq: number) => {
    const { cells } = await getSitting(rater, id);
    const events = [verdictEvent(cells[0]!.imageId, seq, "broken")];
    await recordVerdictEvents(rater, { sittingId: id, events });
  };
  await screen(rater, sittingId, 20);
  await flag(sittingId, 99);
  await submit(rater, sittingId);
  expect(await levelRows(grid.gridId)).toEqual([]);

  const other = await addGrid();
  const second = await claimSitting(rater);
  await screen(rater, second, 2);
  await flag(second, 99);
  await submit(rater, second);
  expect(await levelRows(other.gridId)).toMatchObject([{ level: null, correct: 1, rated: 2 }]);
});

test("a submission taken back takes its screened Level with it, and comes back as another", async () => {
  const { grid, rater, sittingId } = await seated();
  await screen(rater, sittingId, 3);
  await submit(rater, sittingId);
  await reopenSitting(rater, sittingId);
  expect(await levelRows(grid.gridId)).toEqual([]);

  await screen(rater, sittingId, 20);
  await submit(rater, sittingId);

  expect(await levelRows(grid.gridId)).toMatchObject([{ level: 5, mode: "screen" }]);
});

test("grids drawn to prove a find are judged in full, whatever the project screens", async () => {
  const { projectId } = await makeScreeningProject(db);
  const { gridId } = await makeGrid(db, { projectId, purpose: "replicate" });

  expect(await db.select().from(grids).where(eq(grids.id, gridId))).toMatchObject([
    { mode: "full" },
  ]);
});

test("the database refuses a screened Level that its sitting does not bear", async () => {
  const { projectId, grid, rater, sittingId } = await seated();
  await screen(rater, sittingId, 3);
  const level = {
    projectId,
    gridId: grid.gridId,
    sittingId,
    source: "rater",
    ruleVersion: 1,
    mode: "screen",
    correct: 1,
    rated: 4,
    level: null as number | null,
    low: 0,
    high: 1,
  } as const;
  const insert = (change: Partial<typeof levels.$inferInsert>) =>
    db.insert(levels).values({ ...level, ...change });
  const censored = refusal(
    'new row for relation "level" violates check constraint "level_screen_is_censored"',
  );

  await expect(insert({ level: 4 })).rejects.toMatchObject(censored);
  await expect(insert({ rated: 20 })).rejects.toMatchObject(
    refusal("this Level counts 1 of 20, its sitting has 1 of 4"),
  );
  await expect(insert({ mode: "full", level: 4, rated: 20 })).rejects.toMatchObject(
    refusal("a full Level cannot stand on a screen sitting"),
  );
  await screen(rater, sittingId, 20);
  await expect(insert({ correct: 0, rated: 20, level: null })).rejects.toMatchObject(censored);
  await expect(insert({ correct: 0, rated: 20, level: 3 })).rejects.toMatchObject(censored);
  await db.execute(
    sql`delete from verdict where image_id = ${grid.imageIds[0]} and sitting_id = ${sittingId}`,
  );
  await expect(insert({ correct: 0, rated: 19, level: 5 })).rejects.toMatchObject(censored);
});

test("the screened Level of a simulated rater is kept apart from people's", async () => {
  const { projectId, addGrid } = await makeScreeningProject(db);
  const { gridId } = await addGrid();
  const program = await makeMember(db, { projectId, role: "expert", isSimulated: true });

  await screenNextGrid(program, 6);

  expect(await levelRows(gridId)).toMatchObject([
    { source: "simulated", mode: "screen", rated: 7 },
  ]);
});
