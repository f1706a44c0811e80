import { expect, test } from "vitest";
import { lastRated } from "@/server/comparison/last-rated";
import { showComparedPair } from "@/server/comparison/show-compared-pair";
import { showComparison } from "@/server/comparison/show-comparison";
import { pairDetail } from "@/server/mining/pair-detail";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeMember } from "@/tests/support/make/member";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();

test("a comparison says how much of it is drawn, and which of its grids wait for raters", async () => {
  const driver = await openLoopDriver(db);
  const project = await makeRepairProject(db, driver, 2);
  const progress = async () =>
    (await showComparison(project.ctx, { judge: "human" }))?.progress ?? null;
  await project.start();
  expect(await progress()).toEqual({ renders: 20, done: 0, toRate: 0 });

  await driver.draw("sketch");
  await driver.settle();
  expect(await progress()).toEqual({ renders: 20, done: 10, toRate: 0 });

  await driver.draw(project.methodEndpoint);
  await driver.settle();
  expect(await progress()).toEqual({ renders: 20, done: 20, toRate: 4 });

  await project.rateNext(() => 0);
  expect(await progress()).toMatchObject({ toRate: 3 });
});

test("a pair is the viewer's to rate from its first image until each of its grids is rated, or rated by the viewer", async () => {
  const driver = await openLoopDriver(db);
  const project = await makeRepairProject(db, driver, 1);
  const toRate = async (by: Pick<typeof project.ctx, "viewer"> = project.ctx) => {
    const asked = { repair: 1, pairId: project.pairIds[0]! };
    return (await showComparedPair({ ...project.ctx, viewer: by.viewer }, asked)).toRate;
  };
  await project.start(project.pairIds, 2);
  expect(await toRate()).toBe(false);
  await driver.draw("sketch");
  expect(await toRate()).toBe(true);
  await driver.draw(project.methodEndpoint);
  await driver.settle();
  expect(await toRate()).toBe(true);

  await project.rateNext(() => 0);
  expect(await toRate(project.rater)).toBe(true);
  await project.rateNext(() => 0);
  expect([await toRate(project.rater), await toRate()]).toEqual([false, true]);

  const other = await makeMember(db, { projectId: project.projectId, role: "expert" });
  await project.rateNext(() => 0, other);
  await project.rateNext(() => 0, other);
  expect(await toRate()).toBe(false);
});

test("on the page of a pair the images of a comparison are missing for whoever is still to rate one of its grids", async () => {
  const driver = await openLoopDriver(db);
  const project = await makeRepairProject(db, driver, 1);
  const seen = async (by: Pick<typeof project.ctx, "viewer"> = project.ctx) => {
    const { sheets, unseen } = await pairDetail(
      { ...project.ctx, viewer: by.viewer },
      project.pairIds[0]!,
    );
    return { drawnFor: sheets.map(({ purpose }) => purpose).toSorted(), unseen };
  };
  const all = { drawnFor: ["mining", "repair", "repair"], unseen: [] };
  const none = (isOpen: boolean) => ({ drawnFor: ["mining"], unseen: [{ number: 1, isOpen }] });
  await project.start(project.pairIds, 2);
  expect(await seen()).toEqual(all);
  await driver.draw("sketch");
  expect(await seen()).toEqual(none(false));
  await driver.draw(project.methodEndpoint);
  await driver.settle();
  expect(await seen()).toEqual(none(true));

  await project.rateNext(() => 0);
  expect(await seen(project.rater)).toEqual(none(true));
  await project.rateNext(() => 0);
  expect([await seen(project.rater), await seen()]).toEqual([all, none(true)]);
});

test("whose last grid was a comparison's is told which, once none waits for them", async () => {
  const driver = await openLoopDriver(db);
  const project = await makeRepairProject(db, driver, 1);
  const { ctx } = project;
  expect(await lastRated(ctx)).toBeNull();
  await project.start();
  await driver.draw("sketch");
  await driver.draw(project.methodEndpoint);
  await driver.settle();

  await project.rateNext(() => 0, ctx);
  expect(await lastRated(ctx)).toBeNull();
  await project.rateNext(() => 0, ctx);
  expect(await lastRated(ctx)).toBe(1);
  // The rater's own last grid was of mining.
  expect(await lastRated({ ...ctx, viewer: project.rater.viewer })).toBeNull();
});
