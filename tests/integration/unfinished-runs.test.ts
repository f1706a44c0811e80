import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { projects, renders } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { startRun } from "@/server/generation/start-run";
import { tellUnfinishedRuns } from "@/server/generation/tell-unfinished-runs";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function makeRunning(name: string) {
  const { ctx, projectId } = await makeProjectWithPairs(db, 1);
  await db.update(projects).set({ name }).where(eq(projects.id, projectId));
  await startRun(ctx, {});
  return { ctx, projectId };
}

const settle = (projectId: string) =>
  db.update(renders).set({ state: "cancelled" }).where(eq(renders.projectId, projectId));

test("whoever starts the product hears which runs it goes on with, and of none that is over", async () => {
  expect(await tellUnfinishedRuns(db)).toEqual([]);

  const cups = await makeRunning("Cups");
  const bowls = await makeRunning("Bowls");
  const all = await tellUnfinishedRuns(db);
  expect(all).toEqual([
    "Going on with run 1 of Cups: 5 renders left",
    "Going on with run 1 of Bowls: 5 renders left",
  ]);

  const [first] = await db.select().from(renders).where(eq(renders.projectId, bowls.projectId));
  await settle(bowls.projectId);
  await db.update(renders).set({ state: "queued" }).where(eq(renders.id, first!.id));
  await cancelRun(cups.ctx, { number: 1 });
  expect(await tellUnfinishedRuns(db)).toEqual(["Going on with run 1 of Bowls: 1 render left"]);

  await settle(bowls.projectId);
  expect(await tellUnfinishedRuns(db)).toEqual([]);
});

test("of many runs the first are named and the others counted", async () => {
  const made = [];
  for (let index = 1; index <= 7; index += 1) made.push(await makeRunning(`Look ${index}`));

  const lines = await tellUnfinishedRuns(db);
  expect(lines.slice(4)).toEqual([
    "Going on with run 1 of Look 5: 5 renders left",
    "Going on with 2 more: 10 renders left",
  ]);
  for (const { projectId } of made) await settle(projectId);
});
