import { countLostImages } from "@/tests/support/count-lost-images";
import { expect, test } from "@/tests/support/e2e";
import { killDuringDemo } from "@/tests/support/kill-during-demo";
import { killDuringRating } from "@/tests/support/kill-during-rating";
import { type Instance, removeHome, startInstance } from "@/tests/support/start-instance";

// One for both: what was killed during the demo is there for the raters.
let instance: Instance;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  instance = await startInstance();
});
test.afterAll(async () => {
  await instance.stop();
  removeHome(instance.home);
});

// The same with 20 kills: `npm run chaos`.
test("worker, web and database killed during the demo: it completes, no image lost or doubled", async () => {
  test.setTimeout(240_000);
  const { summary } = await killDuringDemo(instance, { pairs: 2, kills: 3 });

  expect(summary.verdicts).toBe(summary.images);
  expect(await countLostImages(instance.home, instance.databaseUrl)).toEqual({
    images: summary.images,
    renders: summary.renders,
    open: 0,
    lost: 0,
    doubled: 0,
  });
});

// The same with 100 kills during 20,000 verdicts: `npm run chaos -- rating-kills`.
test("the web application killed while raters judge: no acknowledged verdict lost or doubled, all in order", async () => {
  test.setTimeout(120_000);
  const { killed, acknowledged, again, wrong } = await killDuringRating(instance, {
    grids: 60,
    kills: 3,
  });

  expect(wrong).toEqual([]);
  expect(killed).toBe(3);
  expect(acknowledged).toBe(1200);
  expect(again).toBeGreaterThan(0);
});
