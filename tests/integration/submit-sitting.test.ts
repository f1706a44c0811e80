import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, grids, levels, verdictEvents, verdicts } from "@/db/schema";
import { getSitting } from "@/server/rating/get-sitting";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { setGuidelines } from "@/server/rating/set-guidelines";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function seated({ isSimulated = false } = {}) {
  const project = await makeProject(db);
  const grid = await makeGrid(db, { projectId: project.id });
  const rater = await makeMember(db, { projectId: project.id, role: "expert", isSimulated });
  return { project, grid, rater, sittingId: await claimSitting(rater) };
}

const levelRows = (gridId: string) => db.select().from(levels).where(eq(levels.gridId, gridId));

test("a submitted grid has the Level of its count, with the interval", async () => {
  const { grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 2 });

  await submit(rater, sittingId);

  const [level] = await levelRows(grid.gridId);
  expect(level).toMatchObject({ level: 4, correct: 2, rated: 20, source: "rater", ruleVersion: 1 });
  expect(level!.low).toBeCloseTo(0.028, 3);
  expect(level!.high).toBeCloseTo(0.301, 3);
  const [row] = await db.select().from(grids).where(eq(grids.id, grid.gridId));
  expect(row!.state).toBe("closed");
});

test("submitting twice writes one Level", async () => {
  const { grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 20 });

  await Promise.all([submit(rater, sittingId), submit(rater, sittingId)]);

  expect(await levelRows(grid.gridId)).toMatchObject([{ level: 1 }]);
});

test("an incomplete grid is refused, and the refusal names the open images", async () => {
  const { grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds.slice(0, 18), correct: 2 });

  await expect(submit(rater, sittingId)).rejects.toThrow("Images 19 and 20 have no verdict yet.");
  expect(await levelRows(grid.gridId)).toEqual([]);
});

test("events sent twice and out of order leave the state of the last one", async () => {
  const { grid, rater, sittingId } = await seated();
  const [image, other] = grid.imageIds as [string, string];
  const events = [
    verdictEvent(image, 1, "incorrect"),
    verdictEvent(other, 2, "correct"),
    verdictEvent(image, 3, "correct"),
    verdictEvent(other, 4, null),
  ];

  await recordVerdictEvents(rater, { sittingId, events: [events[3]!, events[2]!] });
  await recordVerdictEvents(rater, { sittingId, events: [events[0]!, events[1]!, events[1]!] });
  await recordVerdictEvents(rater, { sittingId, events });

  const stored = await db
    .select()
    .from(verdictEvents)
    .where(eq(verdictEvents.sittingId, sittingId));
  expect(stored).toHaveLength(4);
  expect(await db.select().from(verdicts).where(eq(verdicts.sittingId, sittingId))).toMatchObject([
    { imageId: image, verdict: "correct", clientSeq: 3 },
  ]);
  const { cells, lastSeq } = await getSitting(rater, sittingId);
  expect(cells.slice(0, 2).map((cell) => cell.verdict)).toEqual(["correct", null]);
  expect(lastSeq).toBe(4);
});

test("a verdict on an image of another grid is refused whole", async () => {
  const { project, grid, rater, sittingId } = await seated();
  const foreign = await makeGrid(db, { projectId: project.id });
  const events = [
    verdictEvent(grid.imageIds[0]!, 1, "correct"),
    verdictEvent(foreign.imageIds[0]!, 2, "correct"),
  ];

  await expect(recordVerdictEvents(rater, { sittingId, events })).rejects.toMatchObject({
    code: "INVALID",
  });
  expect((await getSitting(rater, sittingId)).lastSeq).toBe(0);
});

test("a submitted grid takes no more verdicts until its submission is taken back", async () => {
  const { grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 0 });
  await submit(rater, sittingId);
  const change = { sittingId, events: [verdictEvent(grid.imageIds[0]!, 21, "correct" as const)] };

  await expect(recordVerdictEvents(rater, change)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("taking a submission back removes the Level, and submitting again computes it anew", async () => {
  const { project, grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 0 });
  await submit(rater, sittingId);

  await reopenSitting(rater, sittingId);
  await reopenSitting(rater, sittingId);
  expect(await levelsOfPairs(db, project.id, [grid.pairId])).toEqual([]);
  await recordVerdictEvents(rater, {
    sittingId,
    events: [verdictEvent(grid.imageIds[0]!, 21, "correct")],
  });
  await submit(rater, sittingId);

  expect(await levelsOfPairs(db, project.id, [grid.pairId])).toMatchObject([
    { level: 4, correct: 1 },
  ]);
  const log = await db.select().from(decisions).where(eq(decisions.subjectId, sittingId));
  expect(log).toMatchObject([{ action: "sitting.reopen", payload: { level: 5, correct: 0 } }]);
});

test("a broken image leaves the grid submitted without a Level", async () => {
  const { grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 4 });
  await recordVerdictEvents(rater, {
    sittingId,
    events: [verdictEvent(grid.imageIds[0]!, 21, "broken")],
  });

  await submit(rater, sittingId);

  expect(await levelRows(grid.gridId)).toEqual([]);
  expect((await getSitting(rater, sittingId)).state).toBe("submitted");
});

test("the database refuses a full Level on fewer than 20 verdicts", async () => {
  const { project, grid, rater, sittingId } = await seated();
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds.slice(0, 19), correct: 0 });
  const forged = {
    projectId: project.id,
    gridId: grid.gridId,
    sittingId,
    source: "rater",
    ruleVersion: 1,
    mode: "full",
    correct: 0,
    rated: 20,
    level: 5,
    low: 0,
    high: 0.2,
  } as const;

  await expect(db.insert(levels).values(forged)).rejects.toMatchObject({
    cause: { message: "a full Level needs 20 verdicts; this sitting has 19" },
  });
});

test("the Level of a simulated rater is kept apart from people's", async () => {
  const { project, grid, rater, sittingId } = await seated({ isSimulated: true });
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 7 });

  await submit(rater, sittingId);

  expect(await levelsOfPairs(db, project.id, [grid.pairId])).toMatchObject([
    { source: "simulated", level: 3 },
  ]);
});

test("the second of two who change the guidelines at once is told so", async () => {
  const { project } = await seated();
  const owner = await makeMember(db, { projectId: project.id, role: "owner" });

  expect(await setGuidelines(owner, { text: "Look twice.", examples: [], basedOn: 0 })).toEqual({
    version: 1,
  });
  await expect(
    setGuidelines(owner, { text: "Look once.", examples: [], basedOn: 0 }),
  ).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("nothing a rater is sent tells generator, pattern, seed, hash or what was expected", async () => {
  const { rater, sittingId } = await seated();

  const sent = JSON.stringify(await getSitting(rater, sittingId)).toLowerCase();

  const [pattern] = await db.execute<{ name: string }>(sql`select name from pattern limit 1`);
  const telling = ["generator", "sketch", "pattern", "seed", "sha", "latent", "level", "rationale"];
  const values = ["glass tumbler", "the usual vessel wins", pattern!.name.toLowerCase()];
  for (const word of [...telling, ...values, "phase", "render", "trace"]) {
    expect(sent).not.toContain(word);
  }
});
