import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { judgeTasks } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { startRun } from "@/server/generation/start-run";
import { startScoring } from "@/server/scoring/start-scoring";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import { type Spoiling, startFailingProxy } from "@/tests/support/failing-proxy";
import { startFakeEndpoint } from "@/tests/support/fake-endpoint";
import { startFakeScoreEndpoint } from "@/tests/support/fake-score-endpoint";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
// The shortest waits between two tries.
vi.spyOn(Math, "random").mockReturnValue(0);
const ending: (() => Promise<void>)[] = [];
afterAll(async () => {
  vi.restoreAllMocks();
  for (const end of ending.reverse()) await end();
  await platform.close();
});

const SOON = { timeout: 40_000, interval: 50 };
const SAID = "The product failed 5 times in a row at what the bridge asked of it; its log says why";

async function bridgeBehind(spoil: Spoiling, name: string, url: string) {
  const proxy = await startFailingProxy(platform.url, spoil);
  const { token } = await makeBridgeRow(db);
  const endpoints = [{ kind: "cog" as const, name, url, concurrency: 1 }];
  const bridge = startBridge({ platformUrl: proxy.url, token, endpoints, deadlineMs: 20_000 });
  ending.push(proxy.close, bridge.stop);
}

test.concurrent("a render that the product fails to take ends its attempt with a sentence while the others are drawn", {
  timeout: 60_000,
}, async () => {
  const project = await makeDrawingProject(db, { renders: 5 });
  const endpoint = await startFakeEndpoint();
  ending.push(endpoint.close);
  let tries = 0;
  let doneMeanwhile = 0;
  await bridgeBehind(
    (path, body) => {
      if (!path.endsWith("bridge.finish") || !body.includes(project.first.id)) return null;
      tries += 1;
      return tries > 5 ? null : "fails";
    },
    project.endpoint,
    endpoint.url,
  );

  await vi.waitFor(async () => {
    expect(await project.countDone()).toBe(4);
    doneMeanwhile = tries;
  }, SOON);
  expect(doneMeanwhile).toBeLessThan(5);
  await vi.waitFor(
    async () => expect(await project.attempts()).toMatchObject([{ attempt: 1, reason: SAID }]),
    SOON,
  );
  await vi.waitFor(async () => {
    await project.hurry();
    expect(await project.countDone()).toBe(5);
  }, SOON);
  expect(await project.render()).toMatchObject({ attempt: 2, failures: 1 });
});

test.concurrent("a product that is away is waited for with the answer in hand", {
  timeout: 60_000,
}, async () => {
  const project = await makeDrawingProject(db, { renders: 1 });
  const endpoint = await startFakeEndpoint();
  ending.push(endpoint.close);
  let tries = 0;
  await bridgeBehind(
    (path) => {
      if (path.endsWith("bridge.finish")) tries += 1;
      return tries > 0 && tries <= 5 ? "drops" : null;
    },
    project.endpoint,
    endpoint.url,
  );

  await vi.waitFor(async () => expect(await project.countDone()).toBe(1), SOON);
  expect(tries).toBe(6);
  expect(await project.render()).toMatchObject({ attempt: 1, failures: 0 });
  expect(endpoint.calls).toHaveLength(1);
});

test.concurrent("scores that the product fails to take end their attempt with a sentence, and the next ones are asked for", {
  timeout: 60_000,
}, async () => {
  const name = `score-${randomUUID()}`;
  const project = await makeProjectWithPairs(db, 1);
  await startRun(project.ctx, {});
  await (await openLoopDriver(db)).draw();
  const endpoint = await startFakeScoreEndpoint(["clipscore"]);
  ending.push(endpoint.close);
  const { bridge } = await makeBridgeRow(db);
  const said = { contractVersion: 1, health: "ready" as const, concurrency: 1 };
  const described = { ...said, name, description: { scorers: ["clipscore"] } };
  await bridgeHello({ db, bridge }, { endpoints: [described] });
  const of = { kind: "run" as const, number: 1 };
  await startScoring(project.ctx, { of, endpoint: name, scorers: ["clipscore"] });
  const tasks = () =>
    db
      .select()
      .from(judgeTasks)
      .where(eq(judgeTasks.projectId, project.projectId))
      .orderBy(judgeTasks.id);
  const [first] = await tasks();
  await bridgeBehind(
    (path, body) => {
      const isFirst = body.includes(first?.id ?? "none");
      return path.endsWith("judging.finishScores") && isFirst ? "fails" : null;
    },
    name,
    endpoint.url,
  );

  await vi.waitFor(async () => {
    const states = await tasks();
    expect(states[0]).toMatchObject({ state: "queued", failures: 1, reason: SAID });
    expect(states.slice(1).every(({ state }) => state === "done")).toBe(true);
  }, SOON);
});
