import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { bridges, levels, renders, scores } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { judgeImages } from "@/server/demo/judge-images";
import { rateGrids } from "@/server/demo/rate-grids";
import { startRun } from "@/server/generation/start-run";
import { listScoreEndpoints } from "@/server/scoring/list-score-endpoints";
import {
  type FakeScoreEndpoint,
  startFakeScoreEndpoint,
} from "@/tests/support/fake-score-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const silent = () => {};
let driver: LoopDriver;
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let oracle: FakeScoreEndpoint;
const running: { stop: () => Promise<void> }[] = [];
const served: string[] = [];

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  project = await makeProjectWithPairs(db, 1);
  await startRun(project.ctx, {});
  // Of five prompts two are seen whole, one lacks a concept, and on two the judge abstains.
  oracle = await startFakeScoreEndpoint(["oracle"], (_, text) => {
    // The first call is refused, by the test that asks.
    const scene = oracle.fake.calls.length - 1;
    if (scene <= 2) return 0.9;
    if (scene === 3) return text === "tea cup" ? 0 : 0.9;
    return -1;
  });
  oracle.fake.settings = () => ({ judge: { seen_from: 0.5 } });
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.stop();
  await db.update(bridges).set({ revokedAt: sql`now()` }).where(inArray(bridges.id, served));
  await oracle.close();
});

async function serveOracle() {
  const { token, bridge } = await makeBridgeRow(db);
  served.push(bridge.id);
  const name = `oracle-${randomUUID()}`;
  const endpoints = [{ kind: "cog" as const, name, concurrency: 1, url: oracle.url }];
  running.push(startBridge({ platformUrl: platform.url, token, endpoints, deadlineMs: 20_000 }));
  await vi.waitFor(
    async () => expect((await listScoreEndpoints(db)).map((one) => one.name)).toContain(name),
    { timeout: 25_000, interval: 50 },
  );
}

const rater = () =>
  makeMember(db, { projectId: project.projectId, role: "expert", isSimulated: true });
const found = () => db.select().from(levels).where(eq(levels.projectId, project.projectId));

test("without an oracle the demo says what is missing, and no grid is rated", async () => {
  await driver.draw();
  await driver.settle();
  await expect(judgeImages(project.ctx, silent)).rejects.toThrow(
    'No bridge serves a scorer "oracle"',
  );
  await expect(rateGrids(await rater(), project.pairIds, silent)).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await found()).toEqual([]);
});

test("what the Sketch simulator drew is rated by its own record, and no oracle is asked", async () => {
  const scenes = [true, false, false, false].map((correct) => ({ correct }));
  await driver.draw("sketch", { trace: { scenes } });
  await driver.settle();
  await serveOracle();

  expect(await judgeImages(project.ctx, silent)).toBe(0);
  await rateGrids(await rater(), project.pairIds, silent);

  expect(oracle.fake.calls).toEqual([]);
  expect(await found()).toMatchObject([{ source: "simulated", correct: 5 }]);
});

test("the simulated rater gives the oracle's verdicts, an abstention as incorrect, and its Level is a simulated one", async () => {
  await driver.draw();
  await driver.settle();
  await serveOracle();
  // A passing fault of the endpoint: what failed is asked again.
  oracle.fake.steps = ["refused"];
  const told: number[] = [];

  expect(await judgeImages(project.ctx, (done, total) => told.push(done / total))).toBe(20);
  expect(told.at(-1)).toBe(1);
  expect(await judgeImages(project.ctx, silent)).toBe(20);
  // Five prompts, one of them twice; nothing once more.
  expect(oracle.fake.calls).toHaveLength(6);
  await rateGrids(await rater(), project.pairIds, silent);

  const seen = await db.select().from(scores).where(eq(scores.projectId, project.projectId));
  const bad = new Set(seen.filter(({ value }) => value < 0.5).map(({ imageId }) => imageId));
  expect(await found()).toMatchObject([{ source: "simulated", correct: 20 - bad.size }]);
  const drawn = await db.$count(renders, eq(renders.projectId, project.projectId));
  expect([drawn, bad.size]).toEqual([5, 12]);
});
