import { countLostImages } from "@/tests/support/count-lost-images";
import { expect, test } from "@/tests/support/e2e";
import { killDuringDemo } from "@/tests/support/kill-during-demo";
import { removeHome, startInstance } from "@/tests/support/start-instance";

// The same with 20 kills: `npm run chaos`.
test("worker, web and database killed during the demo: it completes, no image lost or doubled", async () => {
  test.setTimeout(240_000);
  const instance = await startInstance();
  try {
    const { summary } = await killDuringDemo(instance, { pairs: 2, kills: 3 });

    expect(summary.verdicts).toBe(summary.images);
    expect(await countLostImages(instance.home, instance.databaseUrl)).toEqual({
      images: summary.images,
      renders: summary.renders,
      open: 0,
      lost: 0,
      doubled: 0,
    });
  } finally {
    await instance.stop();
    removeHome(instance.home);
  }
});
