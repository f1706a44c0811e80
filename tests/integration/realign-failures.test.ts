import "@/tests/support/web-environment";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { endpoints, judgeTasks, pairs } from "@/db/schema";
import { failRender } from "@/server/generation/fail-render";
import { leaseRenders } from "@/server/generation/lease-renders";
import { retryFailed } from "@/server/generation/retry-renders";
import { runDetail } from "@/server/generation/run-detail";
import { failTask } from "@/server/judging/fail-task";
import { leaseTask } from "@/server/judging/lease-task";
import { cancelInquiry } from "@/server/mining/retry-inquiry";
import { advanceRealigned } from "@/server/realign/advance-realigned";
import { finishTags } from "@/server/realign/finish-tags";
import { sweepWaiting } from "@/server/realign/sweep-waiting";
import { finishScores } from "@/server/scoring/finish-scores";
import { spawnBridge } from "@/tests/support/bridge-process";
import { MASK } from "@/tests/support/fake-tag-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { startPlatformServer } from "@/tests/support/platform-server";
import { COKE, makeRealignProject, type RealignProject } from "@/tests/support/realign-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

let driver: LoopDriver;
let project: RealignProject;

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  project = await makeRealignProject(db, platform.url);
});
afterEach(() => project.close());

const SOON = { timeout: 25_000, interval: 50 };

test("a bridge that is killed while it tags leaves the images to the next one, and nothing is found twice", async () => {
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  project.tagging.fake.steps.push("good", "hangs");
  const { token } = await makeBridgeRow(db);
  const process = spawnBridge({
    TEACUP_URL: platform.url,
    BRIDGE_TOKEN: token,
    BRIDGE_ENDPOINTS: `${project.tagger}=${project.tagging.url}`,
  });
  await vi.waitFor(() => expect(project.tagging.fake.calls).toHaveLength(2), SOON);
  await process.kill();
  const [held] = (await project.tasks()).filter(({ state }) => state === "leased");
  await db
    .update(judgeTasks)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(judgeTasks.id, held!.id));

  await project.bridge();
  await project.untilTagged();
  expect(await project.found()).toHaveLength(20 * 2);
  expect((await project.tasks()).find(({ id }) => id === held!.id)).toMatchObject({ attempt: 2 });
  await driver.settle();
  expect(await driver.draw(project.drawer)).toBe(5);
});

test("tags that do not fit are refused with a reason and asked again", async () => {
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  project.tagging.fake.steps.push("one-image-short", "unasked", "no-png", "twice", "busy");
  await project.bridge();
  await project.untilTagged();
  const failures = (await project.tasks()).map(({ failures: count }) => count);
  expect(failures.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(await project.found()).toHaveLength(20 * 2);
});

test("a tagger that refuses for good fails that image with a sentence, and a retry goes on from there", async () => {
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  project.tagging.fake.steps.push("refused");
  await project.bridge();
  await vi.waitFor(async () => {
    const states = (await project.tasks()).map(({ state }) => state).toSorted();
    expect(states).toEqual(["done", "done", "done", "done", "failed"]);
  }, SOON);
  await driver.settle();
  expect(await driver.draw(project.drawer)).toBe(4);
  const [failed] = (await project.seconds()).filter(({ state }) => state === "failed");
  expect(failed?.reason).toMatch(/^Nobody could say what stands where .*: no detector is loaded/);
  const { failed: count, state } = await runDetail(db, project.projectId, 1);
  expect({ count, state }).toEqual({ count: 1, state: "done" });

  expect(await retryFailed(project.ctx, { number: 1 })).toEqual({ retried: 1 });
  await project.untilTagged();
  await driver.settle();
  expect(await driver.draw(project.drawer)).toBe(1);
  expect((await project.seconds()).every((second) => second.state === "done")).toBe(true);
  expect(await project.spent()).toEqual({ reserved: 0, settled: 10 });
});

test("a first image that fails fails the second one; a retry draws both, and pays for each once", async () => {
  await project.start();
  const { bridge: held } = await makeBridgeRow(db);
  const [leased] = await leaseRenders({ db, bridge: held }, { endpoint: project.drawer, limit: 1 });
  const { renderId, leaseToken } = leased!;
  const reason = "It went out of memory";
  await failRender({ db, bridge: held }, { renderId, leaseToken, kind: "permanent", reason });
  await driver.settle();
  const [failed] = (await project.seconds()).filter(({ state }) => state === "failed");
  expect(failed).toMatchObject({
    firstRenderId: renderId,
    reason: `Its first image was not drawn: ${reason}`,
  });

  await retryFailed(project.ctx, { number: 1 });
  expect(await project.spent()).toEqual({ reserved: 10, settled: 0 });
  await driver.settle();
  expect(await driver.draw(project.drawer)).toBe(5);
  await driver.settle();
  expect(await project.tasks()).toHaveLength(5);
});

test("while the proposer has no answer the run says what to do; a person's words let it go on", async () => {
  await db.update(pairs).set({ conceptB: "samovar" }).where(eq(pairs.id, project.pairIds[0]!));
  await project.start();
  await driver.settle();
  await driver.draw(project.drawer);
  await driver.settle();
  const [words] = [...(await project.waits())];
  expect(words).toMatch(/^Waits for the phrases of its prompt: .*write them\.$/);
  expect(await project.questions()).toHaveLength(1);

  await project.writePhrases(COKE);
  await driver.settle();
  expect(await project.waits()).toEqual(
    new Set([`Waits for “${project.tagger}”, which says what stands where in its first images.`]),
  );
  await db
    .update(endpoints)
    .set({ health: "unreachable" })
    .where(eq(endpoints.name, project.tagger));
  expect([...(await project.waits())][0]).toMatch(/which no bridge serves now: start an endpoint/);
  await project.bridge();
  await project.untilTagged();
  await driver.settle();
  expect(project.tagging.fake.calls[0]?.phrases).toEqual(["iced coke", "samovar"]);
  expect(await driver.draw(project.drawer)).toBe(5);
});

test("a question that is given up fails what waits for it; a retry asks anew", async () => {
  await project.start();
  await driver.runOne((jobs) => jobs.find(({ name }) => name === "realign.advance"));
  const [question] = await project.questions();
  await cancelInquiry(project.ctx, { inquiryId: question!.id });
  await driver.settle();
  expect(await project.reasons()).toEqual(
    new Set([expect.stringMatching(/^The question for its phrases was given up: ask for/)]),
  );
  await retryFailed(project.ctx, { number: 1 });
  await driver.settle();
  expect((await project.questions()).map(({ state }) => state)).toEqual(["cancelled", "done"]);
  expect((await project.seconds()).every(({ state }) => state === "queued")).toBe(true);
});

test("steps that are taken twice at once are taken once, and a lost one is caught by the sweep", async () => {
  await project.start();
  const ids = (await project.firsts()).map(({ id }) => id);
  const step = { db, signal: new AbortController().signal };
  const all = () => ids.flatMap((firstRenderId) => [{ firstRenderId }, { firstRenderId }]);
  await Promise.all(all().map((job) => advanceRealigned(job, step)));
  expect(await project.questions()).toHaveLength(1);
  await driver.settle();
  await driver.draw(project.drawer);
  await db.execute(sql`delete from pgboss.job where name = 'realign.advance'`);
  expect(await db.transaction((tx) => sweepWaiting(tx))).toBeGreaterThanOrEqual(5);
  await Promise.all(all().map((job) => advanceRealigned(job, step)));
  expect(await project.tasks()).toHaveLength(5);
});

test("a lease that is over gives no tags, and a task for tags takes no numbers", async () => {
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  const [holder, thief] = [await makeBridgeRow(db), await makeBridgeRow(db)];
  const { taskId, leaseToken, asked, images } = (await leaseTask(holder, {
    endpoint: project.tagger,
  }))!;
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
  expect(await project.found()).toHaveLength(4);
  await expect(
    failTask(holder, { taskId, leaseToken, kind: "permanent", reason: "late" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});
