import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { type BridgeProcess, spawnBridge } from "@/tests/support/bridge-process";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { type FakeEndpoint, startFakeEndpoint } from "@/tests/support/fake-endpoint";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
let project: DrawingProject;
let endpoint: FakeEndpoint;
const running: BridgeProcess[] = [];

beforeEach(async () => {
  project = await makeDrawingProject(db, { renders: 1 });
  endpoint = await startFakeEndpoint();
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.kill();
  await endpoint.close();
});

async function bridgeTo({ url } = endpoint) {
  const row = await makeBridgeRow(db);
  const bridge = spawnBridge({
    TEACUP_URL: platform.url,
    BRIDGE_TOKEN: row.token,
    BRIDGE_ENDPOINTS: `${project.endpoint}=${url}`,
  });
  running.push(bridge);
  return { ...bridge, id: row.bridge.id };
}

/** A question that was on its way when the process stopped may still have got it another lease. */
const untilAnotherIsDone = (stopped: { id: string }) =>
  vi.waitFor(async () => {
    await project.loseLeasesOf(stopped.id);
    expect((await project.render()).state).toBe("done");
  }, SOON);

test("a bridge paused past its lease and woken is refused, and the render is done exactly once", async () => {
  endpoint.script(["held"]);
  const sleeper = await bridgeTo();
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), SOON);
  sleeper.signal("SIGSTOP");
  endpoint.release();

  const second = await startFakeEndpoint();
  await bridgeTo(second);
  await untilAnotherIsDone(sleeper);
  const before = await project.images();

  sleeper.signal("SIGCONT");
  await vi.waitFor(() => expect(sleeper.log()).toMatch(/lease is over|taken over/), SOON);
  expect(await project.images()).toEqual(before);
  expect(before).toHaveLength(4);
  const outcomes = (await project.attempts()).map((attempt) => attempt.outcome);
  expect(outcomes[0]).toBe("expired");
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  await second.close();
});

test("a bridge killed in the middle of a render loses nothing", async () => {
  endpoint.script(["held"]);
  const killed = await bridgeTo();
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), SOON);
  await killed.kill();

  await bridgeTo();
  await untilAnotherIsDone(killed);
  expect(await project.images()).toHaveLength(4);
});

test("a body of 1 GB is refused early and the bridge's memory stays flat", async () => {
  const bridge = await bridgeTo();
  await vi.waitFor(async () => expect((await project.render()).state).toBe("done"), SOON);
  const before = bridge.peakMegabytes();

  const next = await makeDrawingProject(db, { renders: 1 });
  await next.moveTo(project.endpoint);
  endpoint.script(["huge-body"]);
  await vi.waitFor(async () => expect((await next.render()).failures).toBe(1), SOON);
  expect(bridge.peakMegabytes() - before).toBeLessThan(50);
  expect(endpoint.calls.at(-1)?.bytesSent).toBeLessThan(64 * 1024 * 1024);
});

test("a bridge without a token says so in a sentence and ends", async () => {
  const bridge = spawnBridge({
    TEACUP_URL: platform.url,
    BRIDGE_TOKEN: "",
    BRIDGE_ENDPOINTS: "a=http://localhost:1",
  });

  expect(await bridge.exited()).toBe(1);
  expect(bridge.log()).toContain(
    "BRIDGE_TOKEN is not set; an admin makes one in Settings, Bridges.",
  );
});

test("SIGTERM ends the bridge in time and gives its render back", async () => {
  endpoint.script(["held"]);
  const bridge = await bridgeTo();
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), SOON);
  bridge.signal("SIGTERM");

  expect(await bridge.exited()).toBe(0);
  expect(await project.render()).toMatchObject({ state: "queued", failures: 0 });
});
