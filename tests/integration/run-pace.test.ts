import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { images, runRenders } from "@/db/schema";
import { runDetail } from "@/server/generation/run-detail";
import { startRun } from "@/server/generation/start-run";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();

test("a run says no pace while all of its images came at once, and then that of those after the first", async () => {
  const driver = await openLoopDriver(db);
  const { ctx, projectId } = await makeProjectWithPairs(db, 1);
  await startRun(ctx, {});
  const pace = async () => (await runDetail(db, projectId, 1)).imagesPerMinute;
  expect(await pace()).toBeNull();

  await driver.draw();
  expect(await pace()).toBeNull();

  const drawn = await db.select({ id: runRenders.renderId }).from(runRenders);
  await db.transaction(async (tx) => {
    // Images change no more: a pace is read from when they came.
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const [at, { id }] of drawn.entries()) {
      const createdAt = sql`now() - make_interval(secs => ${at * 10})`;
      await tx.update(images).set({ createdAt }).where(eq(images.renderId, id));
    }
  });
  // Five renders of four images in 40 seconds.
  expect(await pace()).toBeCloseTo(24, 0);
});
