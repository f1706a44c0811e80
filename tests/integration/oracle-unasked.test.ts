import "@/tests/support/web-environment";
import { eq } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { judgeTasks, scorings } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { GENERATORS } from "@/server/generation/domain/default-generators";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { startRun } from "@/server/generation/start-run";
import { pairDetail } from "@/server/mining/pair-detail";
import { listScoreEndpoints } from "@/server/scoring/list-score-endpoints";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";
import { startTinyWorld } from "@/tests/support/tiny-world";

storageHome();
const { db } = await testDatabase();
const [platform, world] = [await startPlatformServer(), await startTinyWorld()];
const { token } = await makeBridgeRow(db);
const bridge = startBridge({
  platformUrl: platform.url,
  token,
  endpoints: [
    { kind: "cog", name: "tiny-world", concurrency: 1, url: `${world.url}/plain` },
    { kind: "cog", name: "tiny-world-oracle", concurrency: 1, url: `${world.url}/oracle` },
  ],
  deadlineMs: 60_000,
});
afterAll(async () => {
  await bridge.stop();
  world.close();
  await platform.close();
});

// Networks run here, on a machine that may have other work.
const SOON = { timeout: 100_000, interval: 100 };

test("a finished run of Tiny World is judged by its oracle, and nobody had to ask", async () => {
  const driver = await openLoopDriver(db);
  const { ctx, projectId, pairIds } = await makeProjectWithPairs(db, 1);
  await vi.waitFor(async () => expect(await listScoreEndpoints(db)).toHaveLength(1), SOON);
  const [generator] = await listGenerators(db, projectId);
  const [{ content }] = GENERATORS["tiny-world"];
  const { id: generatorRevisionId } = await makeRevision(ctx, {
    ...content,
    // A few, as time is short.
    parameters: { ...content.parameters, steps: 4 },
    generatorId: generator!.generatorId,
    otherWeights: false,
  });
  await startRun(ctx, { generatorRevisionId });

  await vi.waitFor(async () => {
    await driver.settle();
    const asked = await db.select().from(scorings).where(eq(scorings.projectId, projectId));
    expect(asked).toMatchObject([
      { endpointName: "tiny-world-oracle", scorers: ["oracle"], startedBy: null, state: "done" },
    ]);
  }, SOON);
  const tasks = await db.select().from(judgeTasks).where(eq(judgeTasks.projectId, projectId));
  expect(tasks.map(({ state }) => state)).toEqual(Array(5).fill("done"));
  const { sheets } = await pairDetail(ctx, pairIds[0]!);
  expect(sheets[0]?.automatic).toEqual([
    expect.objectContaining({ name: "oracle", judged: 20, said: null }),
  ]);
}, 120_000);
