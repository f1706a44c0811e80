import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { grids, inquiries, judgeTasks, renders, taggers, tags } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { cancelRun } from "@/server/generation/cancel-run";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { retryFailed } from "@/server/generation/retry-renders";
import { runDetail } from "@/server/generation/run-detail";
import { GeneratorParameters, type RenderInput } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import { failTask } from "@/server/judging/fail-task";
import { leaseTask } from "@/server/judging/lease-task";
import { editMethodInput } from "@/server/mining/edit-method-input";
import { newestPrompts } from "@/server/mining/inquiry-input/newest-prompts";
import { cancelInquiry } from "@/server/mining/retry-inquiry";
import { advanceRealigned } from "@/server/realign/advance-realigned";
import { finishTags } from "@/server/realign/finish-tags";
import { spawnBridge } from "@/tests/support/bridge-process";
import {
  type FakeTagEndpoint,
  MASK,
  startFakeTagEndpoint,
} from "@/tests/support/fake-tag-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
let driver: LoopDriver;
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let tagging: FakeTagEndpoint;
let tagger: string;
let drawer: string;
let revisionId: string;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  tagger = `tag-${randomUUID()}`;
  drawer = `realign-${randomUUID()}`;
  tagging = await startFakeTagEndpoint();
  project = await makeProjectWithPairs(db, 1);
  await sayHello({ tagger: { detector: "grounding-dino", segmenter: "sam" } });
  revisionId = (await revise({ tagged_by: tagger })).id;
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.stop();
  await tagging.close();
});

/** As the bridge says it of an endpoint whose description names a detector and a segmenter. */
async function sayHello(description: Record<string, unknown>) {
  const { bridge } = await makeBridgeRow(db);
  const said = { name: tagger, contractVersion: 1, health: "ready" as const, concurrency: 1 };
  await bridgeHello({ db, bridge }, { endpoints: [{ ...said, description }] });
}
async function revise(more: Partial<GeneratorParameters>) {
  const [plain] = await listGenerators(db, project.projectId);
  const { generatorId, parameters } = plain!;
  const method_params = { objects: [], strength: 1 };
  return makeRevision(project.ctx, {
    generatorId,
    method: "realign_diff",
    endpointName: drawer,
    parameters: { ...GeneratorParameters.parse(parameters), method_params, ...more },
    otherWeights: false,
  });
}
const bridge = async () => {
  const { token } = await makeBridgeRow(db);
  const endpoints = [{ kind: "cog" as const, name: tagger, concurrency: 1, url: tagging.url }];
  running.push(startBridge({ platformUrl: platform.url, token, endpoints, deadlineMs: 20_000 }));
};
const start = () => startRun(project.ctx, { generatorRevisionId: revisionId });
async function writePhrases(a: { phrase: string; score: number }, score = 2) {
  const prompts = (await newestPrompts(db, project.pairIds[0]!)).map((prompt) => ({
    prompt,
    a,
    b: { phrase: "tea cup", score },
  }));
  await editMethodInput(project.ctx, { pairId: project.pairIds[0]!, kind: "phrases", prompts });
}
const COKE = { phrase: "iced coke", score: 2 };
const made = () =>
  db
    .select()
    .from(renders)
    .where(eq(renders.generatorRevisionId, revisionId))
    .orderBy(asc(renders.id));
const firsts = async () => (await made()).filter(({ firstRenderId }) => firstRenderId === null);
const seconds = async () => (await made()).filter(({ firstRenderId }) => firstRenderId !== null);
const paramsOf = (render: { input: unknown }) => (render.input as RenderInput).method_params;
const tasks = () =>
  db
    .select()
    .from(judgeTasks)
    .where(and(eq(judgeTasks.projectId, project.projectId), isNull(judgeTasks.scoringId)))
    .orderBy(asc(judgeTasks.id));
const found = () => db.select().from(tags).where(eq(tags.projectId, project.projectId));
const hurry = () =>
  db
    .update(judgeTasks)
    .set({ notBefore: sql`now()` })
    .where(eq(judgeTasks.projectId, project.projectId));
const untilTagged = () =>
  vi.waitFor(async () => {
    await hurry();
    const states = (await tasks()).map(({ state }) => state);
    expect(states).toEqual(Array(5).fill("done"));
  }, SOON);
const openGrids = () =>
  db.select().from(grids).where(eq(grids.generatorRevisionId, revisionId));
const reasons = async () => new Set((await seconds()).map(({ reason }) => reason));
const waits = async () =>
  new Set((await runDetail(db, project.projectId, 1)).slots.map(({ waits: words }) => words));

test("drawn plainly, looked at, asked about, drawn again at the same seeds with what was found: then a grid of the second images", async () => {
  await start();
  expect((await firsts()).map(paramsOf)).toEqual(Array(5).fill({ strength: 1 }));
  await driver.settle();
  expect(await driver.draw(drawer)).toBe(5);
  await driver.settle();
  expect((await tasks()).map(({ endpointName }) => endpointName)).toEqual(Array(5).fill(tagger));
  expect(await driver.draw(drawer)).toBe(0);
  await bridge();
  await untilTagged();
  await driver.settle();
  expect(await openGrids()).toEqual([]);
  expect(await driver.draw(drawer)).toBe(5);
  await driver.settle();

  const [plain, again] = [await firsts(), await seconds()];
  for (const [at, second] of again.entries()) {
    const { seeds, prompt } = second.input as RenderInput;
    const first = plain.find(({ id }) => id === second.firstRenderId);
    expect(first?.input).toMatchObject({ seeds, prompt });
    // The offline proposer knows these words; nobody was told of `tagged_by`.
    const objects = seeds.flatMap((seed) => [
      { phrase: "iced coke", score: 2, mask: MASK, seed },
      { phrase: "tea cup", score: 2, mask: MASK, seed },
    ]);
    expect(paramsOf(again[at]!)).toEqual({ strength: 1, objects });
    expect(second.input).not.toHaveProperty("tagged_by");
  }
  const [grid] = await openGrids();
  expect(grid).toBeDefined();
  expect((await runDetail(db, project.projectId, 1)).slots.map(({ renderId }) => renderId).toSorted()).toEqual(
    again.map(({ id }) => id).toSorted(),
  );
  expect(tagging.fake.calls.map(({ phrases }) => phrases)).toEqual(
    Array(5).fill(["iced coke", "tea cup"]),
  );
  const [row] = await db.select().from(taggers).where(eq(taggers.projectId, project.projectId));
  expect(row).toMatchObject({
    weightsHash: `${"f".repeat(64)} ${"f".repeat(64)}`,
    detector: { name: "grounding-dino", settings: { threshold: 0.3 } },
  });
  expect(await found()).toHaveLength(20 * 2);
});

test("an edit of the phrases draws second images anew from what is there: nothing is drawn plainly, or looked at, again", async () => {
  await writePhrases(COKE);
  await start();
  await driver.draw(drawer);
  await driver.settle();
  await bridge();
  await untilTagged();
  await driver.settle();
  await driver.draw(drawer);
  await driver.settle();
  const before = await seconds();
  await cancelled();

  await writePhrases({ phrase: "iced coke", score: 0.5 }, 0);
  await start();
  const anew = (await seconds()).filter(({ id }) => !before.some((one) => one.id === id));
  expect(anew).toHaveLength(5);
  expect(anew.every(({ awaitsObjects }) => !awaitsObjects)).toBe(true);
  const { objects } = paramsOf(anew[0]!) as { objects: { score: number; phrase: string }[] };
  expect(objects.map(({ phrase, score }) => `${phrase} ${score}`)).toEqual(
    Array(4).fill("iced coke 0.5"),
  );
  expect(await firsts()).toHaveLength(5);
  expect(tagging.fake.calls).toHaveLength(5);
  // And back: what was drawn with the first words is there.
  await cancelled();
  await writePhrases(COKE);
  await start();
  expect(await seconds()).toHaveLength(10);
});

/** So that the next run asks for the same pair again. */
const cancelled = () =>
  db.execute(sql`update run set state = 'cancelled' where project_id = ${project.projectId}`);
