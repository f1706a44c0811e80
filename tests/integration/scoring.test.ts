import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { images, judgeTasks, scorers, scores, scorings } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { startRun } from "@/server/generation/start-run";
import { failTask } from "@/server/judging/fail-task";
import { renewTask } from "@/server/judging/hold-task";
import { leaseTask } from "@/server/judging/lease-task";
import { cancelScoring } from "@/server/scoring/cancel-scoring";
import { finishScores } from "@/server/scoring/finish-scores";
import { showScoring } from "@/server/scoring/show-scoring";
import { startScoring } from "@/server/scoring/start-scoring";
import { spawnBridge } from "@/tests/support/bridge-process";
import {
  type FakeScoreEndpoint,
  startFakeScoreEndpoint,
} from "@/tests/support/fake-score-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { startPlatformServer } from "@/tests/support/platform-server";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
const RUN = { kind: "run", number: 1 } as const;
const SCORERS = ["clipscore", "blip-vqa"];
let driver: LoopDriver;
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let scoring: FakeScoreEndpoint;
let name: string;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  name = `score-${randomUUID()}`;
  scoring = await startFakeScoreEndpoint(SCORERS, (_, text) => text.length / 100);
  project = await makeProjectWithPairs(db, 1);
  await startRun(project.ctx, {});
  await driver.draw();
  const { bridge } = await makeBridgeRow(db);
  await sayHello(bridge);
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.stop();
  await scoring.close();
});

/** As the bridge says it of an endpoint whose description names its scorers. */
const sayHello = (bridge: Awaited<ReturnType<typeof makeBridgeRow>>["bridge"]) =>
  bridgeHello(
    { db, bridge },
    {
      endpoints: [
        {
          name,
          contractVersion: 1,
          health: "ready",
          concurrency: 1,
          description: { scorers: SCORERS },
        },
      ],
    },
  );
const bridge = async () => {
  const { token } = await makeBridgeRow(db);
  const endpoints = [{ kind: "cog" as const, name, concurrency: 1, url: scoring.url }];
  running.push(startBridge({ platformUrl: platform.url, token, endpoints, deadlineMs: 20_000 }));
};
const start = (asked = SCORERS) =>
  startScoring(project.ctx, { of: RUN, endpoint: name, scorers: asked });
const tasks = () =>
  db
    .select()
    .from(judgeTasks)
    .where(eq(judgeTasks.projectId, project.projectId))
    .orderBy(judgeTasks.id);
const found = () =>
  db.select().from(scores).where(eq(scores.projectId, project.projectId)).orderBy(scores.id);
const hurry = () =>
  db
    .update(judgeTasks)
    .set({ notBefore: sql`now()` })
    .where(eq(judgeTasks.projectId, project.projectId));
const untilDone = () =>
  vi.waitFor(async () => {
    await hurry();
    expect((await tasks()).every(({ state }) => state === "done")).toBe(true);
  }, SOON);

test("every finished image gets a number for its prompt and each concept, with model and settings", async () => {
  expect(await start()).toEqual({ number: 1, tasks: 5 });
  await bridge();
  await untilDone();

  const rows = await found();
  // 20 images: three texts for CLIPScore, two questions for the other.
  expect(rows).toHaveLength(20 * 5);
  expect(rows.every(({ value, text }) => value === text.length / 100)).toBe(true);
  const questions = rows.filter(({ text }) => text.endsWith("?"));
  expect(new Set(questions.map(({ text }) => text)).size).toBe(2);
  expect(questions.every(({ name: of }) => of !== "prompt")).toBe(true);
  const made = await db.select().from(scorers).where(eq(scorers.projectId, project.projectId));
  expect(made.map((one) => one.name).toSorted()).toEqual(["blip-vqa", "clipscore"]);
  expect(made[0]).toMatchObject({
    version: "1",
    model: "tiny",
    weightsHash: "f".repeat(64),
    settings: { prefix: "A photo depicts " },
  });
  const [row] = await db.select().from(scorings).where(eq(scorings.projectId, project.projectId));
  expect(row).toMatchObject({ state: "done", number: 1 });
});

test("what was asked once is not asked again, two presses at once start one, and another scorer adds its own", async () => {
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ tasks: count }) => count).toSorted()).toEqual([0, 5]);
  await bridge();
  await untilDone();
  expect(await start()).toEqual({ number: null, tasks: 0 });
  expect(scoring.fake.calls).toHaveLength(5);

  expect(await start(["clipscore"])).toEqual({ number: 2, tasks: 5 });
  await untilDone();
  // CLIPScore's numbers were there: none came twice.
  expect(await found()).toHaveLength(20 * 5);
});

test("a scorer with other weights is another scorer", async () => {
  await start(["clipscore"]);
  await bridge();
  await untilDone();
  scoring.fake.weightsHash = "e".repeat(64);
  await start();
  await untilDone();
  const made = await db.select().from(scorers).where(eq(scorers.projectId, project.projectId));
  expect(made.filter((one) => one.name === "clipscore")).toHaveLength(2);
});

test("a bridge that is killed in the middle leaves its images to the next one, and no number comes twice", async () => {
  await start();
  scoring.fake.steps.push("good", "hangs");
  const { token } = await makeBridgeRow(db);
  const process = spawnBridge({
    TEACUP_URL: platform.url,
    BRIDGE_TOKEN: token,
    BRIDGE_ENDPOINTS: `${name}=${scoring.url}`,
  });
  await vi.waitFor(() => expect(scoring.fake.calls).toHaveLength(2), SOON);
  await process.kill();
  const held = (await tasks()).filter(({ state }) => state === "leased");
  expect(held).toHaveLength(1);
  await db
    .update(judgeTasks)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(judgeTasks.id, held[0]!.id));

  await bridge();
  await untilDone();
  expect(await found()).toHaveLength(20 * 5);
  expect((await tasks()).find(({ id }) => id === held[0]!.id)).toMatchObject({ attempt: 2 });
});

test("answers that do not fit are refused with a reason and asked again; a refusal for good stops, and can be asked again", async () => {
  await start(["clipscore"]);
  scoring.fake.steps.push("one-image-short", "not-a-number", "busy", "good", "refused");
  await bridge();
  await vi.waitFor(async () => {
    await hurry();
    const states = (await tasks()).map(({ state }) => state);
    expect(states.toSorted()).toEqual(["done", "done", "done", "done", "failed"]);
  }, SOON);
  const failed = (await tasks()).find(({ state }) => state === "failed");
  expect(failed?.reason).toContain("no such scorer");
  expect(await found()).toHaveLength(4 * 4 * 3);
  const shown = await showScoring(db, project.projectId, { of: RUN });
  expect(shown).toMatchObject({
    images: 20,
    asked: [{ state: "done", done: 4, failed: 1, open: 0 }],
  });

  expect(await start(["clipscore"])).toEqual({ number: 2, tasks: 1 });
  await untilDone();
  expect(await found()).toHaveLength(20 * 3);
});

test("a lease that is over gives nothing: no image, no number, no renewal", async () => {
  await start(["clipscore"]);
  const [holder, thief] = [await makeBridgeRow(db), await makeBridgeRow(db)];
  const held = await leaseTask(holder, { endpoint: name });
  const image = (token: string) =>
    fetch(`${platform.url}/api/bridge/tasks/${held!.taskId}/images/0`, {
      headers: { authorization: `Bearer ${token}`, "x-lease-token": held!.leaseToken },
    });
  expect((await image(holder.token)).status).toBe(200);
  expect((await image(thief.token)).status).toBe(409);
  expect((await image("nobody")).status).toBe(401);

  const { taskId, leaseToken } = held!;
  const late = failTask(thief, { taskId, leaseToken, kind: "retryable", reason: "mine" });
  await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await cancelScoring(project.ctx, { number: 1 })).toEqual({ stopped: 5 });
  expect(await renewTask(holder, { taskId, leaseToken })).toEqual({ held: false });
  expect((await image(holder.token)).status).toBe(409);
});

test("only scorers that the endpoint names are asked", async () => {
  await expect(start(["imagereward"])).rejects.toThrow(/has no scorer "imagereward"/);
  const other = { of: RUN, endpoint: "sketch", scorers: SCORERS };
  await expect(startScoring(project.ctx, other)).rejects.toMatchObject({ code: "INVALID" });
});

test("in a comparison, the score that steered a method is marked on its images and nowhere else", async () => {
  const compared = await makeRepairProject(db, driver, 1);
  await compared.start();
  await driver.draw();
  const told = { scorer: "clipscore", visited: [{ step: 5, first: 1, second: 1 }] };
  await driver.draw(compared.methodEndpoint, { trace: { images: Array(4).fill(told) } });
  const of = { kind: "repair", number: 1 } as const;
  const started = await startScoring(compared.ctx, { of, endpoint: name, scorers: SCORERS });
  expect(started).toEqual({ number: 1, tasks: 10 });

  const holder = await makeBridgeRow(db);
  for (;;) {
    const task = await leaseTask(holder, { endpoint: name });
    if (!task) break;
    if (task.asked.kind === "tags") throw new Error("Nobody asked for tags");
    await finishScores(holder, {
      ...task,
      scores: task.asked.scores.map(({ scorer, texts }) => ({
        scorer,
        version: "1",
        settings: {},
        model: { name: "tiny", revision: "local", weightsHash: "f" },
        values: Array.from({ length: task.images }, () => texts.map(() => 0.5)),
        truncated: {},
      })),
      timings: {},
    });
  }
  const rows = await db
    .select({ steered: scores.steeredMethod, scorer: scorers.name, seeds: images.seed })
    .from(scores)
    .innerJoin(scorers, eq(scorers.id, scores.scorerId))
    .innerJoin(images, eq(images.id, scores.imageId))
    .where(eq(scores.projectId, compared.projectId));
  expect(rows).toHaveLength(40 * 5);
  const steered = rows.filter((row) => row.steered);
  expect(steered).toHaveLength(20 * 3);
  expect(steered.every(({ scorer }) => scorer === "clipscore")).toBe(true);
});
