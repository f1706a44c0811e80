import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectCog } from "@/gpu-bridge/bridge/cog-endpoint";
import { blobPath } from "@/server/storage/blobs";
import { addressOf, openBridgeStage, SOON } from "@/tests/support/bridge-stage";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { type FakeEndpoint, startFakeEndpoint } from "@/tests/support/fake-endpoint";

const stage = await openBridgeStage();
const { bridgeTo, db, untilDone } = stage;
let project: DrawingProject;
let endpoint: FakeEndpoint;

beforeEach(async () => {
  ({ project, endpoint } = await stage.set());
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

test("a render is drawn, delivered and recorded with what the endpoint says of it", async () => {
  await bridgeTo();
  await untilDone();

  const made = await project.images();
  expect(made.map((image) => image.position).sort()).toEqual([0, 1, 2, 3]);
  expect(await project.render()).toMatchObject({ evals: 40, attempt: 1, failures: 0 });
  expect(await project.attempts()).toMatchObject([{ outcome: "done" }]);
  expect(endpoint.calls[0]?.input.concepts).toEqual([{ text: "iced coke" }, { text: "tea cup" }]);
});

test("a trace that the database cannot hold as it is does not hold up the render", async () => {
  endpoint.script(["nul-in-trace"]);
  await bridgeTo();
  await untilDone();

  expect((await project.render()).trace).toEqual({ note: "half of a \uFFFD, and \uFFFD" });
});

test("evals that are a mean over seeds are kept as they are", async () => {
  endpoint.script(["mean-evals"]);
  await bridgeTo();
  await untilDone();

  expect(await project.render()).toMatchObject({ evals: 107.5, backwards: 0.25 });
});

test("the next prediction goes out before the answer to the last one is read", async () => {
  const two = await makeDrawingProject(db, { renders: 2 });
  endpoint.script(["begins"]);
  await bridgeTo([addressOf(two, endpoint)]);

  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(2), SOON);
  expect(endpoint.calls[0]?.state).toBe("running");
  endpoint.release();
  await vi.waitFor(async () => expect(await two.countDone()).toBe(2), SOON);
});

test("images of 25 MB arrive whole", { timeout: 120_000 }, async () => {
  await project.askFor({ width: 2048, height: 2048 });
  endpoint.script(["big-image"]);
  await bridgeTo(undefined, 100_000);
  await vi.waitFor(async () => expect((await project.render()).state).toBe("done"), {
    timeout: 110_000,
    interval: 250,
  });

  for (const { sha256 } of await project.images()) {
    const png = readFileSync(blobPath(sha256));
    expect(png.length).toBeGreaterThan(25_000_000);
    expect(createHash("sha256").update(png).digest("hex")).toBe(sha256);
  }
});

test("a health report reads an endpoint's description once", async () => {
  const cog = connectCog(endpoint.url);
  expect(await cog.health()).toMatchObject({ health: "ready" });
  expect(endpoint.described).toBe(1);
  await cog.close();
});

test("two bridges on one endpoint's name draw every render once", { timeout: 60_000 }, async () => {
  const many = await makeDrawingProject(db, { renders: 20 });
  const second = await startFakeEndpoint();
  await bridgeTo([addressOf(many, endpoint)]);
  await bridgeTo([addressOf(many, second)]);

  await vi.waitFor(async () => expect(await many.countDone()).toBe(20), {
    timeout: 50_000,
    interval: 100,
  });
  const asked = [...endpoint.calls, ...second.calls].map((call) => call.id);
  expect(new Set(asked).size).toBe(20);
  expect(asked).toHaveLength(20);
  expect(await many.images()).toHaveLength(80);
  await second.close();
});
