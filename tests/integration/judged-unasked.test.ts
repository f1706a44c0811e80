import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  bridges,
  decisions,
  endpoints,
  grids,
  judgeTasks,
  levels,
  runs,
  scorings,
} from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { cancelRun } from "@/server/generation/cancel-run";
import { retryFailed } from "@/server/generation/retry-renders";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { handlers } from "@/server/jobs/handlers";
import { failTask } from "@/server/judging/fail-task";
import { leaseTask } from "@/server/judging/lease-task";
import { pairDetail } from "@/server/mining/pair-detail";
import { cancelScoring } from "@/server/scoring/cancel-scoring";
import { listScoreEndpoints } from "@/server/scoring/list-score-endpoints";
import { startScoring } from "@/server/scoring/start-scoring";
import { startFakeScoreEndpoint } from "@/tests/support/fake-score-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { miningJob } from "@/tests/support/mining-job";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { tellOfJudge } from "@/tests/support/tell-of-judge";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
let driver: LoopDriver;
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let model: string;
const served: string[] = [];

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  model = `model-${randomUUID()}`;
  project = await makeProjectWithPairs(db, 1);
});
afterEach(async () => {
  // No judge of one test is asked in another.
  await db.update(bridges).set({ revokedAt: sql`now()` }).where(inArray(bridges.id, served));
});

/** A judge that a bridge has told of, and that nobody works for; returns its name. */
async function tellOf(judges: string[], scorers = ["oracle"]): Promise<string> {
  const told = await tellOfJudge(db, { judges, scorers });
  served.push(told.bridgeId);
  return told.name;
}

/** What is queued is drawn by the model, and all that follows from it happens. */
async function draw(by = model) {
  await driver.draw("sketch", {
    model: { name: by, revision: "1" },
    method: { name: "plain", version: "1", mode: "plain", parameters: {} },
  });
  await driver.settle();
}
async function finishRun() {
  await startRun(project.ctx, {});
  await draw();
}
const ofProject = () => {
  const mine = eq(scorings.projectId, project.projectId);
  return db.select().from(scorings).where(mine).orderBy(scorings.number);
};
const tasks = () => db.select().from(judgeTasks).where(eq(judgeTasks.projectId, project.projectId));
const states = async () => (await tasks()).map(({ state }) => state);
const runStates = async () => {
  const found = await db.select().from(runs).where(eq(runs.projectId, project.projectId));
  return found.map(({ state }) => state);
};
async function judgeOnceMore() {
  const [run] = await db.select().from(runs).where(eq(runs.projectId, project.projectId));
  await handlers["scoring.judgeRun"]({ runId: run!.id }, miningJob(db));
}

test("a finished run is judged, once, by whoever names the model that drew it, and nobody is said to have asked", async () => {
  const endpointName = await tellOf([`${model}-else`, model], ["oracle", "clipscore"]);
  await finishRun();

  expect(await ofProject()).toMatchObject([
    { number: 1, endpointName, scorers: ["clipscore", "oracle"], startedBy: null, state: "active" },
  ]);
  expect(await states()).toEqual(Array(5).fill("queued"));
  await judgeOnceMore();
  const pressed = { of: { kind: "run", number: 1 }, endpoint: endpointName } as const;
  expect(await startScoring(project.ctx, { ...pressed, scorers: ["oracle", "clipscore"] })).toEqual(
    { number: null, tasks: 0 },
  );
  expect(await tasks()).toHaveLength(5);
  const told = await db.select().from(decisions).where(eq(decisions.projectId, project.projectId));
  expect(told.filter(({ action }) => action === "scoring.start")).toMatchObject([
    { actorId: null, payload: { number: 1, of: { kind: "run", number: 1 }, tasks: 5 } },
  ]);
});

test.each([
  ["no endpoint names the model that drew it", true],
  ["nobody told which model drew it", false],
])("a run is judged by nobody where %s", async (_where, isTold) => {
  await tellOf([]);
  await tellOf(isTold ? [`${model}-else`] : [model, "sketch"]);
  await startRun(project.ctx, {});
  if (!isTold) await driver.draw();
  await draw();
  expect(await runStates()).toEqual(["done"]);
  expect(await ofProject()).toEqual([]);
});

test("quick looks are a person's: no judge is asked about them", async () => {
  await tellOf([model]);
  await startPrecheck(project.ctx, { pairIds: project.pairIds });
  await draw();
  expect(await runStates()).toEqual(["done"]);
  expect(await ofProject()).toEqual([]);
});

test("a retry of the run adds the images that were missing, and none twice", async () => {
  await tellOf([model]);
  await startRun(project.ctx, {});
  await driver.failOne("permanent", false);
  await draw();
  expect(await tasks()).toHaveLength(4);

  await retryFailed(project.ctx, { number: 1 });
  await draw();
  expect(await runStates()).toEqual(["done"]);
  expect((await ofProject()).map(({ number }) => number)).toEqual([1, 2]);
  const [first, second] = await ofProject();
  const asked = (await tasks()).map(({ scoringId }) => scoringId);
  expect(asked.filter((id) => id === first!.id)).toHaveLength(4);
  expect(asked.filter((id) => id === second!.id)).toHaveLength(1);
});

test("what a person cancelled is not asked again by itself", async () => {
  await tellOf([model]);
  await finishRun();
  expect(await cancelScoring(project.ctx, { number: 1 })).toEqual({ stopped: 5 });
  await judgeOnceMore();
  expect(await states()).toEqual(Array(5).fill("cancelled"));
  expect(await ofProject()).toHaveLength(1);
});

test("a run that was cancelled before its judge was asked is not judged", async () => {
  await startRun(project.ctx, {});
  await driver.failOne("permanent", false);
  await cancelRun(project.ctx, { number: 1 });
  await tellOf([model]);
  await judgeOnceMore();
  expect(await runStates()).toEqual(["cancelled"]);
  expect(await ofProject()).toEqual([]);
});

test("more scorers than one call takes are asked in several", async () => {
  const scorers = Array.from({ length: 17 }, (_, at) => `scorer-${String(at).padStart(2, "0")}`);
  await tellOf([model], scorers);
  await finishRun();
  expect((await ofProject()).map((one) => one.scorers)).toEqual([
    scorers.slice(0, 16),
    scorers.slice(16),
  ]);
});

test("with its judge gone or failing for good the run is done, and its grids are there to be rated", async () => {
  const name = await tellOf([model]);
  await db
    .update(endpoints)
    .set({ health: "unreachable", lastSeenAt: sql`now() - interval '1 hour'` })
    .where(eq(endpoints.name, name));
  await finishRun();
  expect(await runStates()).toEqual(["done"]);
  expect(await states()).toEqual(Array(5).fill("queued"));

  const holder = await makeBridgeRow(db);
  for (let at = 0; at < 5; at++) {
    const held = await leaseTask(holder, { endpoint: name });
    await failTask(holder, { ...held!, kind: "permanent", reason: "It has no weights" });
  }
  expect(await states()).toEqual(Array(5).fill("failed"));
  expect(await ofProject()).toMatchObject([{ state: "done" }]);
  expect(await runStates()).toEqual(["done"]);
  const open = await db.select().from(grids).where(eq(grids.projectId, project.projectId));
  expect(open.map(({ state }) => state)).toEqual(["open"]);
});

test("through a bridge: what the judge says of a finished run is withheld until the grid is rated, and is no Level", async () => {
  const judge = await startFakeScoreEndpoint(["oracle"], () => 0.9);
  judge.fake.judges = [model];
  judge.fake.settings = () => ({ judge: { seen_from: 0.5 } });
  const { token, bridge } = await makeBridgeRow(db);
  served.push(bridge.id);
  const name = `judge-${randomUUID()}`;
  const running = startBridge({
    platformUrl: platform.url,
    token,
    endpoints: [{ kind: "cog", name, concurrency: 1, url: judge.url }],
    deadlineMs: 20_000,
  });
  try {
    await vi.waitFor(async () => {
      expect((await listScoreEndpoints(db)).map((one) => one.judges)).toContainEqual([model]);
    }, SOON);
    await finishRun();
    await vi.waitFor(
      async () => expect(await ofProject()).toMatchObject([{ state: "done", startedBy: null }]),
      SOON,
    );
  } finally {
    await running.stop();
    await judge.close();
  }
  const shown = async () => (await pairDetail(project.ctx, project.pairIds[0]!)).sheets[0];
  expect(judge.fake.calls).toHaveLength(5);
  expect(await shown()).toMatchObject({
    levels: [],
    automatic: [{ name: "oracle", judged: 20, said: null }],
  });
  expect(await db.$count(levels, eq(levels.projectId, project.projectId))).toBe(0);

  const rater = await makeMember(db, { projectId: project.projectId, role: "expert" });
  expect(await driver.rateOne(rater, 11)).toBe(true);
  expect(await shown()).toMatchObject({
    levels: [{ source: "rater", correct: 11 }],
    automatic: [{ name: "oracle", judged: 20, said: { correct: 20, abstained: 0 } }],
  });
});
