import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { judgeTasks, projects, runs, scorings } from "@/db/schema";
import { retryFailed } from "@/server/generation/retry-renders";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { cancelScoring } from "@/server/scoring/cancel-scoring";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { storageHome } from "@/tests/support/storage-home";
import { tellOfJudge } from "@/tests/support/tell-of-judge";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();

let driver: LoopDriver;
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let model: string;
let says: { scorers: string[]; judges: string[] };

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  model = `model-${randomUUID()}`;
  says = { scorers: ["oracle"], judges: [model] };
  project = await makeProjectWithPairs(db, 1);
});

/** What is queued is drawn by the model, and all that follows from it happens. */
async function draw(by = model) {
  await driver.draw("sketch", {
    model: { name: by, revision: "1" },
    method: { name: "plain", version: "1", mode: "plain", parameters: {} },
  });
  await driver.settle();
}
async function finishRun(of = project, by = model) {
  await startRun(of.ctx, {});
  await draw(by);
}
const asked = ({ projectId } = project) =>
  db.select().from(scorings).where(eq(scorings.projectId, projectId)).orderBy(scorings.number);
const tasks = () => db.select().from(judgeTasks).where(eq(judgeTasks.projectId, project.projectId));
const states = async () => (await tasks()).map(({ state }) => state).toSorted();
const isDone = async ({ projectId } = project) =>
  expect(await db.select().from(runs).where(eq(runs.projectId, projectId))).toMatchObject([
    { state: "done" },
  ]);

test("a run that was finished before any judge was there is judged, once, when a bridge tells of one", async () => {
  await finishRun();
  expect(await asked()).toEqual([]);

  const { name, tell } = await tellOfJudge(db, says);
  await driver.settle();
  expect(await asked()).toMatchObject([{ number: 1, endpointName: name, startedBy: null }]);
  expect(await states()).toEqual(Array(5).fill("queued"));

  await tell(null);
  await tell(says);
  expect(await driver.runOne()).toBe(true);
  expect(await driver.runOne()).toBe(false);
  expect(await asked()).toHaveLength(1);
});

test("a judge that says what it said before has nothing looked for", async () => {
  await finishRun();
  const { tell } = await tellOfJudge(db, { ...says, judges: [`${model}-else`] });
  await driver.settle();
  expect(await asked()).toEqual([]);

  await tell({ ...says, judges: [`${model}-else`, model] });
  await driver.settle();
  expect(await asked()).toHaveLength(1);
  await tell({ ...says, judges: [model] });
  expect(await driver.runOne()).toBe(false);
});

test("images that were drawn while the judge was away are judged when it is back, the others not again", async () => {
  const { tell } = await tellOfJudge(db, says);
  await startRun(project.ctx, {});
  await driver.failOne("permanent", false);
  await draw();
  expect(await tasks()).toHaveLength(4);

  await tell(null);
  await retryFailed(project.ctx, { number: 1 });
  await draw();
  await isDone();
  expect(await tasks()).toHaveLength(4);

  await tell(says);
  await driver.settle();
  expect(await tasks()).toHaveLength(5);
  expect((await asked()).map(({ number }) => number)).toEqual([1, 2]);
});

test("what a person cancelled stays so when the judge is back", async () => {
  const { tell } = await tellOfJudge(db, says);
  await finishRun();
  await cancelScoring(project.ctx, { number: 1 });
  await tell(null);
  await tell(says);
  await driver.settle();
  expect(await states()).toEqual(Array(5).fill("cancelled"));
  expect(await asked()).toHaveLength(1);
});

test("a judge that comes late is asked about no quick look, no other model and no archived project", async () => {
  await startPrecheck(project.ctx, { pairIds: project.pairIds });
  await draw();
  const [other, archived] = [await makeProjectWithPairs(db, 1), await makeProjectWithPairs(db, 1)];
  await finishRun(other, `${model}-else`);
  await finishRun(archived);
  const { projectId } = archived;
  await db.update(projects).set({ archivedAt: sql`now()` }).where(eq(projects.id, projectId));

  await tellOfJudge(db, says);
  expect(await driver.runOne()).toBe(true);
  expect(await driver.runOne()).toBe(false);
  for (const one of [project, other, archived]) {
    await isDone(one);
    expect(await asked(one)).toEqual([]);
  }
});
