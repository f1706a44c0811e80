import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  endpoints,
  grids,
  inquiries,
  judgeTasks,
  pairs,
  renders,
  taggers,
  tags,
} from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { readBudgets } from "@/server/budget/read-budgets";
import { readCosts } from "@/server/comparison/read-costs";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { cancelRun } from "@/server/generation/cancel-run";
import { failRender } from "@/server/generation/fail-render";
import { readFigures } from "@/server/generation/figures/read-figures";
import { leaseRenders } from "@/server/generation/lease-renders";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { retryFailed } from "@/server/generation/retry-renders";
import { runDetail } from "@/server/generation/run-detail";
import { GeneratorParameters, type RenderInput } from "@/server/generation/schemas";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { failTask } from "@/server/judging/fail-task";
import { leaseTask } from "@/server/judging/lease-task";
import { editMethodInput } from "@/server/mining/edit-method-input";
import { newestPrompts } from "@/server/mining/inquiry-input/newest-prompts";
import { cancelInquiry } from "@/server/mining/retry-inquiry";
import { advanceRealigned } from "@/server/realign/advance-realigned";
import { finishTags } from "@/server/realign/finish-tags";
import { sweepWaiting } from "@/server/realign/sweep-waiting";
import { countImages } from "@/server/release/count-images";
import { beginLogs } from "@/server/replay/begin-logs";
import { replay } from "@/server/replay/replay";
import { finishScores } from "@/server/scoring/finish-scores";
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
  await beginLogs(db);
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
const spent = async () => {
  const budgets = await readBudgets(db, project.projectId);
  const { reserved, settled } = budgets.find(({ kind }) => kind === "renders")!;
  return { reserved, settled };
};
const openGrids = () => db.select().from(grids).where(eq(grids.generatorRevisionId, revisionId));
const questions = () =>
  db
    .select()
    .from(inquiries)
    .where(eq(inquiries.projectId, project.projectId))
    .orderBy(asc(inquiries.id));
const reasons = async () => new Set((await seconds()).map(({ reason }) => reason));
const waits = async () =>
  new Set((await runDetail(db, project.projectId, 1)).slots.map(({ waits: words }) => words));

test("drawn plainly, looked at, asked about, drawn again at the same seeds with what was found: then a grid of the second images", async () => {
  await start();
  expect((await firsts()).map(paramsOf)).toEqual(Array(5).fill({ strength: 1 }));
  await driver.settle();
  expect(await driver.draw(drawer, { evals: 20 })).toBe(5);
  await driver.settle();
  expect((await tasks()).map(({ endpointName }) => endpointName)).toEqual(Array(5).fill(tagger));
  expect(await driver.draw(drawer)).toBe(0);
  await bridge();
  await untilTagged();
  await driver.settle();
  expect(await openGrids()).toEqual([]);
  expect(await driver.draw(drawer, { evals: 22 })).toBe(5);
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
  expect(
    (await runDetail(db, project.projectId, 1)).slots.map(({ renderId }) => renderId).toSorted(),
  ).toEqual(again.map(({ id }) => id).toSorted());
  expect(tagging.fake.calls.map(({ phrases }) => phrases)).toEqual(
    Array(5).fill(["iced coke", "tea cup"]),
  );
  const [row] = await db.select().from(taggers).where(eq(taggers.projectId, project.projectId));
  expect(row).toMatchObject({
    weightsHash: `${"f".repeat(64)} ${"f".repeat(64)}`,
    detector: { name: "grounding-dino", settings: { threshold: 0.3 } },
  });
  expect(await found()).toHaveLength(20 * 2);
  // Both images are paid for, and are one.
  const [cost] = await readCosts(db, project.projectId, { revisionIds: [revisionId] });
  expect(cost).toMatchObject({ images: 20, evals: 42 });
  const [figures] = await readFigures(db, [revisionId]);
  expect(figures).toMatchObject({ images: 20, evals: 42 });
  expect(await spent()).toEqual({ reserved: 0, settled: 10 });
  expect(await countImages(db, project.projectId)).toMatchObject({ images: 20 });
  expect((await replay(db, project.projectId)).difference).toBeNull();
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

test("a bridge that is killed while it tags leaves the images to the next one, and nothing is found twice", async () => {
  await start();
  await driver.draw(drawer);
  await driver.settle();
  tagging.fake.steps.push("good", "hangs");
  const { token } = await makeBridgeRow(db);
  const process = spawnBridge({
    TEACUP_URL: platform.url,
    BRIDGE_TOKEN: token,
    BRIDGE_ENDPOINTS: `${tagger}=${tagging.url}`,
  });
  await vi.waitFor(() => expect(tagging.fake.calls).toHaveLength(2), SOON);
  await process.kill();
  const [held] = (await tasks()).filter(({ state }) => state === "leased");
  await db
    .update(judgeTasks)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(judgeTasks.id, held!.id));

  await bridge();
  await untilTagged();
  expect(await found()).toHaveLength(20 * 2);
  expect((await tasks()).find(({ id }) => id === held!.id)).toMatchObject({ attempt: 2 });
  await driver.settle();
  expect(await driver.draw(drawer)).toBe(5);
});

test("tags that do not fit are refused with a reason and asked again", async () => {
  await start();
  await driver.draw(drawer);
  await driver.settle();
  tagging.fake.steps.push("one-image-short", "unasked", "no-png", "twice", "busy");
  await bridge();
  await untilTagged();
  const failures = (await tasks()).map(({ failures: count }) => count);
  expect(failures.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(await found()).toHaveLength(20 * 2);
});

test("a tagger that refuses for good fails that image with a sentence, and a retry goes on from there", async () => {
  await start();
  await driver.draw(drawer);
  await driver.settle();
  tagging.fake.steps.push("refused");
  await bridge();
  await vi.waitFor(async () => {
    const states = (await tasks()).map(({ state }) => state).toSorted();
    expect(states).toEqual(["done", "done", "done", "done", "failed"]);
  }, SOON);
  await driver.settle();
  expect(await driver.draw(drawer)).toBe(4);
  const [failed] = (await seconds()).filter(({ state }) => state === "failed");
  expect(failed?.reason).toMatch(/^Nobody could say what stands where .*: no detector is loaded/);
  const { failed: count, state } = await runDetail(db, project.projectId, 1);
  expect({ count, state }).toEqual({ count: 1, state: "done" });

  expect(await retryFailed(project.ctx, { number: 1 })).toEqual({ retried: 1 });
  await untilTagged();
  await driver.settle();
  expect(await driver.draw(drawer)).toBe(1);
  expect((await seconds()).every((second) => second.state === "done")).toBe(true);
  expect(await spent()).toEqual({ reserved: 0, settled: 10 });
});

test("a first image that fails fails the second one; a retry draws both, and pays for each once", async () => {
  await start();
  const { bridge: held } = await makeBridgeRow(db);
  const [leased] = await leaseRenders({ db, bridge: held }, { endpoint: drawer, limit: 1 });
  const { renderId, leaseToken } = leased!;
  const reason = "It went out of memory";
  await failRender({ db, bridge: held }, { renderId, leaseToken, kind: "permanent", reason });
  await driver.settle();
  const [failed] = (await seconds()).filter(({ state }) => state === "failed");
  expect(failed).toMatchObject({
    firstRenderId: renderId,
    reason: `Its first image was not drawn: ${reason}`,
  });

  await retryFailed(project.ctx, { number: 1 });
  expect(await spent()).toEqual({ reserved: 10, settled: 0 });
  await driver.settle();
  expect(await driver.draw(drawer)).toBe(5);
  await driver.settle();
  expect(await tasks()).toHaveLength(5);
});

test("while the proposer has no answer the run says what to do; a person's words let it go on", async () => {
  await db.update(pairs).set({ conceptB: "samovar" }).where(eq(pairs.id, project.pairIds[0]!));
  await start();
  await driver.settle();
  await driver.draw(drawer);
  await driver.settle();
  const [words] = [...(await waits())];
  expect(words).toMatch(/^Waits for the phrases of its prompt: .*write them\.$/);
  expect(await questions()).toHaveLength(1);

  await writePhrases(COKE);
  await driver.settle();
  expect(await waits()).toEqual(
    new Set([`Waits for “${tagger}”, which says what stands where in its first images.`]),
  );
  await db.update(endpoints).set({ health: "unreachable" }).where(eq(endpoints.name, tagger));
  expect([...(await waits())][0]).toMatch(/which no bridge serves now: start an endpoint/);
  await bridge();
  await untilTagged();
  await driver.settle();
  expect(tagging.fake.calls[0]?.phrases).toEqual(["iced coke", "samovar"]);
  expect(await driver.draw(drawer)).toBe(5);
});

test("a question that is given up fails what waits for it; a retry asks anew", async () => {
  await start();
  await driver.runOne((jobs) => jobs.find(({ name }) => name === "realign.advance"));
  const [question] = await questions();
  await cancelInquiry(project.ctx, { inquiryId: question!.id });
  await driver.settle();
  expect(await reasons()).toEqual(
    new Set([expect.stringMatching(/^The question for its phrases was given up: ask for/)]),
  );
  await retryFailed(project.ctx, { number: 1 });
  await driver.settle();
  expect((await questions()).map(({ state }) => state)).toEqual(["cancelled", "done"]);
  expect((await seconds()).every(({ state }) => state === "queued")).toBe(true);
});

test("a cancelled run stops both images; the next one takes up what is there", async () => {
  await start();
  await driver.settle();
  expect(await cancelRun(project.ctx, { number: 1 })).toEqual({ stopped: 10 });
  expect(await driver.draw(drawer)).toBe(0);
  expect(await spent()).toEqual({ reserved: 0, settled: 0 });
  await start();
  expect(await made()).toHaveLength(10);
  expect(await driver.draw(drawer)).toBe(5);
  await driver.settle();
  await cancelRun(project.ctx, { number: 2 });
  await start();
  await bridge();
  await untilTagged();
  await driver.settle();
  expect(await driver.draw(drawer)).toBe(5);
  expect(await made()).toHaveLength(10);
  expect(await openGrids()).toEqual([]);
  await driver.settle();
  expect(await openGrids()).toHaveLength(1);
});

test("steps that are taken twice at once are taken once, and a lost one is caught by the sweep", async () => {
  await start();
  const ids = (await firsts()).map(({ id }) => id);
  const step = { db, signal: new AbortController().signal };
  const all = () => ids.flatMap((firstRenderId) => [{ firstRenderId }, { firstRenderId }]);
  await Promise.all(all().map((job) => advanceRealigned(job, step)));
  expect(await questions()).toHaveLength(1);
  await driver.settle();
  await driver.draw(drawer);
  await db.execute(sql`delete from pgboss.job where name = 'realign.advance'`);
  expect(await db.transaction((tx) => sweepWaiting(tx))).toBeGreaterThanOrEqual(5);
  await Promise.all(all().map((job) => advanceRealigned(job, step)));
  expect(await tasks()).toHaveLength(5);
});

test("a lease that is over gives no tags, and a task for tags takes no numbers", async () => {
  await start();
  await driver.draw(drawer);
  await driver.settle();
  const [holder, thief] = [await makeBridgeRow(db), await makeBridgeRow(db)];
  const { taskId, leaseToken, asked, images } = (await leaseTask(holder, { endpoint: tagger }))!;
  expect({ asked, images }).toEqual({
    asked: { kind: "tags", phrases: ["iced coke", "tea cup"] },
    images: 4,
  });
  const tool = {
    name: "fake",
    version: "1",
    settings: {},
    model: { name: "m", revision: "r", weightsHash: "h" },
  };
  const tag = { phrase: "tea cup", score: 1, boxes: [[0, 0, 1, 1]], mask: MASK };
  const answer = (of: object[], count = 4) => ({
    taskId,
    leaseToken,
    images: Array(count).fill({ tags: of }),
    detector: tool,
    segmenter: tool,
    timings: {},
  });
  await expect(finishTags(thief, answer([tag]))).rejects.toMatchObject({ code: "CONFLICT" });
  for (const wrong of [answer([tag], 3), answer([{ ...tag, phrase: "dog" }]), answer([tag, tag])])
    await expect(finishTags(holder, wrong)).rejects.toMatchObject({ code: "INVALID" });
  const numbers = { taskId, leaseToken, scores: [], timings: {} };
  await expect(finishScores(holder, numbers)).rejects.toMatchObject({ code: "INVALID" });
  await finishTags(holder, answer([tag]));
  await expect(finishTags(holder, answer([tag]))).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await found()).toHaveLength(4);
  await expect(
    failTask(holder, { taskId, leaseToken, kind: "permanent", reason: "late" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

test("what is not found in an image is no object there; where nothing is, it is drawn plainly again", async () => {
  tagging.fake.missing = ["iced coke", "tea cup"];
  await start();
  await driver.draw(drawer);
  await driver.settle();
  await bridge();
  await untilTagged();
  await driver.settle();
  expect((await seconds()).map(paramsOf)).toEqual(Array(5).fill({ objects: [], strength: 1 }));
  expect(await driver.draw(drawer)).toBe(5);
});

test("a quick look is drawn plainly and once", async () => {
  await startPrecheck(project.ctx, { generatorRevisionId: revisionId });
  expect((await made()).map(({ firstRenderId }) => firstRenderId)).toEqual([null]);
  expect(await driver.draw(drawer)).toBe(1);
});

test("a revision names who looks at its first images: the only one there is unless it says so, and never one that does not tag", async () => {
  const stray = revise({ tagged_by: "sketch" });
  await expect(stray).rejects.toThrow(/Say which endpoint looks at its first images: /);
  await db.delete(endpoints);
  await expect(revise({ steps: 7 })).rejects.toThrow(
    /no bridge serves one: start one by tag\.toml/,
  );
  await sayHello({ tagger: { detector: "grounding-dino", segmenter: "sam" } });
  const { id } = await revise({ steps: 7 });
  const found = (await listGenerators(db, project.projectId)).find((one) => one.id === id);
  expect(found?.parameters).toMatchObject({ tagged_by: tagger, steps: 7 });
});
