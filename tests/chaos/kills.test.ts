import { afterAll, expect, test } from "vitest";
import { countLostImages } from "@/tests/support/count-lost-images";
import { killDuringDemo } from "@/tests/support/kill-during-demo";
import { removeHome, startInstance } from "@/tests/support/start-instance";

const instance = await startInstance();
afterAll(async () => {
  await instance.stop();
  removeHome(instance.home);
});

test("worker, web and database killed 20 times during the demo: it completes, no image lost or doubled", async () => {
  const { summary, killed } = await killDuringDemo(instance, { pairs: 20, kills: 20 });

  expect(killed).toHaveLength(20);
  expect(summary.images).toBe(summary.renders * 4);
  expect(summary.verdicts).toBe(summary.images);
  expect(await countLostImages(instance.home, instance.databaseUrl)).toEqual({
    images: summary.images,
    renders: summary.renders,
    open: 0,
    lost: 0,
    doubled: 0,
  });
});
