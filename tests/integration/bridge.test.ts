import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { endpoints, generatorRevisions, renders } from "@/db/schema";
import { connectCog } from "@/gpu-bridge/bridge/cog-endpoint";
import { type EndpointAddress, readSettings } from "@/gpu-bridge/bridge/settings";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { cancelRun } from "@/server/generation/cancel-run";
import { drawnBy } from "@/server/generation/domain/drawn-by";
import { runDetail } from "@/server/generation/run-detail";
import { blobPath } from "@/server/storage/blobs";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { type FakeEndpoint, type Step, startFakeEndpoint } from "@/tests/support/fake-endpoint";
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
const running: { stop: () => Promise<void> }[] = [];

beforeEach(async () => {
  project = await makeDrawingProject(db, { renders: 1 });
  endpoint = await startFakeEndpoint();
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.stop();
  await endpoint.close();
});

async function bridgeTo(
  endpoints: EndpointAddress[] = [addressOf(project, endpoint)],
  deadlineMs = 20_000,
) {
  const { token } = await makeBridgeRow(db);
  const bridge = startBridge({ platformUrl: platform.url, token, endpoints, deadlineMs });
  running.push(bridge);
  return bridge;
}

const addressOf = ({ endpoint: name }: DrawingProject, { url }: { url: string }) => ({
  kind: "cog" as const,
  name,
  url,
  concurrency: 1,
});
const untilDone = (of = project) =>
  vi.waitFor(async () => expect((await of.render()).state).toBe("done"), SOON);

test("a render is drawn, delivered and recorded with what the endpoint says of it", async () => {
  await bridgeTo();
  await untilDone();

  const made = await project.images();
  expect(made.map((image) => image.position).sort()).toEqual([0, 1, 2, 3]);
  expect(await project.render()).toMatchObject({ evals: 40, attempt: 1, failures: 0 });
  expect(await project.attempts()).toMatchObject([{ outcome: "done" }]);
  expect(endpoint.calls[0]?.input.concepts).toEqual([{ text: "iced coke" }, { text: "tea cup" }]);
});

test.each<[Step, string]>([
  ["html-200", "The endpoint's answer is not JSON"],
  ["too-few-images", "Expected 4 images, got 3"],
  ["left-out", "The endpoint left out images and said no reason"],
  ["zero-byte", "Image 4 is empty"],
  ["corrupt-png", "The image cannot be decoded"],
  ["truncated-png", "The image cannot be decoded"],
  ["wrong-size-png", "Asked for 512x512, got 256x256"],
  ["huge-body", "The endpoint's answer is larger than 19 MB"],
  ["dies-mid-prediction", "The endpoint stopped in the middle of its answer"],
  ["failed", "CUDA out of memory"],
  ["failed-silently", "the endpoint gave no reason"],
  ["failed-with-nul", "out of\uFFFDmemory"],
  ["huge-trace", "The endpoint's trace is larger than 768 KB"],
])(
  "%s fails the attempt with its reason, stores nothing, and the next try succeeds",
  async (step, reason) => {
    endpoint.script([step]);
    await bridgeTo();

    await vi.waitFor(
      async () =>
        expect(await project.render()).toMatchObject({ state: "queued", failures: 1, reason }),
      SOON,
    );
    expect(await project.images()).toEqual([]);
    expect((await project.render()).notBefore.getTime()).toBeGreaterThan(Date.now() - 500);

    await project.hurry();
    await untilDone();
    expect(await project.attempts()).toMatchObject([
      { attempt: 1, outcome: "failed", reason },
      { attempt: 2, outcome: "done" },
    ]);
    expect(await project.images()).toHaveLength(4);
  },
);

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

test("an endpoint that never answers meets the deadline and is asked to stop", async () => {
  endpoint.script(["never-answers"]);
  await bridgeTo(undefined, 500);

  await vi.waitFor(
    async () =>
      expect(await project.render()).toMatchObject({ failures: 1, reason: "No answer within 1 s" }),
    SOON,
  );
  expect(endpoint.calls[0]?.state).toBe("dropped");
});

test("a fifth failure is for good", async () => {
  endpoint.script(["too-few-images"], { repeat: true });
  await bridgeTo();

  await vi.waitFor(async () => {
    await project.hurry();
    expect(await project.render()).toMatchObject({ state: "failed", failures: 5 });
  }, SOON);
  expect(await project.attempts()).toHaveLength(5);
});

test("a clock that is set back a day after every look lets no endpoint rest for longer", async () => {
  endpoint.script(["too-few-images", "too-few-images", "too-few-images"]);
  const realNow = Date.now;
  let days = 0;
  vi.spyOn(Date, "now").mockImplementation(() => realNow() - 86_400_000 * days++);
  try {
    await bridgeTo();
    await vi.waitFor(async () => {
      await project.hurry();
      expect((await project.render()).state).toBe("done");
    }, SOON);
  } finally {
    vi.restoreAllMocks();
  }
  expect(await project.render()).toMatchObject({ attempt: 4, failures: 3 });
});

test("what asking again would repeat is not asked again", async () => {
  endpoint.script(["failed-for-good"]);
  await bridgeTo();

  await vi.waitFor(
    async () =>
      expect(await project.render()).toMatchObject({
        state: "failed",
        reason: "no such scheduler",
      }),
    SOON,
  );
  expect(endpoint.calls).toHaveLength(1);
});

test.each<Step>(["busy-409", "slow-down-429", "not-ready-503"])(
  "%s costs no attempt",
  async (step) => {
    // A busy one is asked again for half a second first.
    endpoint.script(step === "busy-409" ? Array(20).fill(step) : [step]);
    await bridgeTo();
    await vi.waitFor(async () => {
      await project.hurry();
      expect((await project.render()).state).toBe("done");
    }, SOON);

    expect(await project.render()).toMatchObject({ attempt: 1, failures: 0 });
    expect(endpoint.calls.at(0)?.step).toBe(step);
  },
);

test("an endpoint that is free only a moment after its answer is asked again at once", async () => {
  endpoint.script(["busy-409", "busy-409", "busy-409"]);
  await bridgeTo();
  await untilDone();

  expect(await project.attempts()).toMatchObject([{ outcome: "done" }]);
  expect(endpoint.calls).toHaveLength(4);
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

test("other weights than the first answer's are refused for good", async () => {
  const two = await makeDrawingProject(db, { renders: 2 });
  endpoint.script(["good", "wrong-weights-hash"]);
  await bridgeTo([addressOf(two, endpoint)]);

  await vi.waitFor(async () => expect(await two.countDone()).toBe(1), SOON);
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(2), SOON);
  await vi.waitFor(async () => {
    const { slots } = await runDetail(db, two.projectId, 1);
    expect(slots.find((slot) => slot.state === "failed")?.reason).toBe(
      "The endpoint serves other weights: make a new revision",
    );
  }, SOON);
  expect(await two.images()).toHaveLength(4);
});

test.each<[Step, string]>([
  ["newer-method", "by fake, version 2"],
  ["other-method", "by plain, version 1"],
])("an answer by a %s than the first one's is refused for good", async (step, now) => {
  const two = await makeDrawingProject(db, { renders: 2 });
  endpoint.script(["good", step]);
  await bridgeTo([addressOf(two, endpoint)]);

  await vi.waitFor(async () => {
    const { slots } = await runDetail(db, two.projectId, 1);
    expect(slots.find((slot) => slot.state === "failed")?.reason).toBe(
      `The endpoint draws ${now}, and not by fake, version 1, any more: make a new revision`,
    );
  }, SOON);
  expect(await two.images()).toHaveLength(4);
});

test("what drew stands once with the revision, and with a render only what it was told otherwise", async () => {
  const two = await makeDrawingProject(db, { renders: 2 });
  await db
    .update(renders)
    .set({ input: sql`${renders.input} || '{"method_params": {"rounds": 5}}'::jsonb` })
    .where(eq(renders.projectId, two.projectId));
  endpoint.script(["good", "by-other-files"]);
  await bridgeTo([addressOf(two, endpoint)]);
  await vi.waitFor(async () => expect(await two.countDone()).toBe(2), SOON);

  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, two.first.generatorRevisionId));
  const mine = eq(renders.projectId, two.projectId);
  const drawn = await db.select().from(renders).where(mine).orderBy(renders.finishedAt);
  const [first, second] = drawn.filter(({ state }) => state === "done");
  expect(first).toMatchObject({ answeredModel: null, answeredMethod: null });
  expect(drawnBy(first!, revision!)).toEqual({
    model: { name: "fake", revision: "1" },
    method: {
      name: "fake",
      version: "1",
      mode: "default",
      parameters: { rounds: 5, window: 3 },
    },
  });
  expect(second?.answeredMethod).toBeNull();
  expect(drawnBy(second!, revision!).model).toEqual({
    name: "fake",
    revision: "1",
    files: { "unet.safetensors": "1".repeat(64) },
  });
});

test("how the weights were trained stands with the revision, as it was told last", async () => {
  const three = await makeDrawingProject(db, { renders: 3 });
  const training = async () =>
    (
      await db
        .select({ training: generatorRevisions.training })
        .from(generatorRevisions)
        .where(eq(generatorRevisions.id, three.first.generatorRevisionId))
    )[0]?.training;
  endpoint.script(["trained", "retrained"]);
  await bridgeTo([addressOf(three, endpoint)]);
  await vi.waitFor(async () => expect(await three.countDone()).toBe(3), SOON);

  expect(endpoint.calls).toHaveLength(3);
  // The last answer told nothing any more.
  expect(await training()).toBeNull();
  const again = await makeDrawingProject(db, { renders: 1 });
  endpoint.script(["retrained"]);
  await bridgeTo([addressOf(again, endpoint)]);
  await untilDone(again);
  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, again.first.generatorRevisionId));
  expect(revision?.training).toEqual({ told: { method: "CoMat, corrected" }, files: {} });
});

test("an endpoint that hangs does not hold up another", async () => {
  const other = await makeDrawingProject(db, { renders: 5 });
  const healthy = await startFakeEndpoint();
  endpoint.script(["never-answers"]);
  await bridgeTo([addressOf(project, endpoint), addressOf(other, healthy)]);

  await vi.waitFor(async () => expect(await other.countDone()).toBe(5), SOON);
  expect((await project.render()).state).toBe("leased");
  await healthy.close();
});

test("an endpoint that is down is waited for and costs no attempt", async () => {
  const { port } = endpoint;
  await endpoint.close();
  await bridgeTo();
  await vi.waitFor(async () => {
    const [row] = await db.select().from(endpoints).where(eq(endpoints.name, project.endpoint));
    expect(row?.health).toBe("unreachable");
  }, SOON);
  expect((await project.render()).state).toBe("queued");

  endpoint = await startFakeEndpoint(port);
  await untilDone();
  expect(await project.render()).toMatchObject({ attempt: 1, failures: 0 });
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

test("a bridge told to stop gives back what it holds at once", async () => {
  endpoint.script(["held"]);
  const bridge = await bridgeTo();
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), SOON);
  await bridge.stop();

  expect(await project.render()).toMatchObject({ state: "queued", failures: 0, attempt: 2 });
  expect(endpoint.calls[0]?.state).toBe("dropped");
});

test("a bridge told to stop still delivers what is about to be drawn", async () => {
  endpoint.script([{ slow: 500 }]);
  const bridge = await bridgeTo();
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), SOON);
  await bridge.stop();

  expect((await project.render()).state).toBe("done");
});

test("a cancelled run stops the prediction on its endpoint", { timeout: 40_000 }, async () => {
  endpoint.script(["held"]);
  await bridgeTo();
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(1), SOON);
  await cancelRun(project.ctx, { number: 1 });

  await vi.waitFor(() => expect(endpoint.calls[0]?.state).toBe("dropped"), SOON);
  expect((await project.render()).state).toBe("cancelled");
});

test("a wrong setting is named in a sentence", () => {
  const good = {
    TEACUP_URL: "http://localhost:3000",
    BRIDGE_TOKEN: "t",
    BRIDGE_ENDPOINTS: "a*2=http://gpu:5000/, b=http://gpu:5001",
  };

  expect(readSettings(good).endpoints).toEqual([
    { kind: "cog", name: "a", url: "http://gpu:5000", concurrency: 2 },
    { kind: "cog", name: "b", url: "http://gpu:5001", concurrency: 1 },
  ]);
  const hosted = { ...good, BRIDGE_ENDPOINTS: "x*4=openai:gpt-image-1", OPENAI_API_KEY: "k" };
  expect(readSettings(hosted).endpoints).toEqual([
    {
      kind: "openai",
      name: "x",
      model: "gpt-image-1",
      url: "https://api.openai.com/v1",
      key: "k",
      concurrency: 4,
    },
  ]);
  expect(() => readSettings({ ...hosted, OPENAI_API_KEY: " " })).toThrow(
    "OPENAI_API_KEY is not set",
  );
  expect(() => readSettings({ ...good, BRIDGE_ENDPOINTS: "x=replicate:sdxl" })).toThrow(
    "write replicate:owner/model:version",
  );
  expect(() => readSettings({ ...good, BRIDGE_TOKEN: "" })).toThrow("BRIDGE_TOKEN is not set");
  expect(() => readSettings({ ...good, TEACUP_URL: "localhost" })).toThrow("TEACUP_URL must be");
  expect(() => readSettings({ ...good, BRIDGE_ENDPOINTS: "sketch" })).toThrow(
    "BRIDGE_ENDPOINTS has",
  );
});
