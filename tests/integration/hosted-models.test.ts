import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { endpoints, generatorRevisions } from "@/db/schema";
import type { Hosted } from "@/gpu-bridge/bridge/settings";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { blobPath } from "@/server/storage/blobs";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { type FakeHosts, type HostedStep, startFakeHosts } from "@/tests/support/fake-hosts";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
const VERSION = "5".repeat(64);
const MODELS = { replicate: `stability-ai/sdxl:${VERSION}`, openai: "gpt-image-1" };
let project: DrawingProject;
let hosts: FakeHosts;
const running: { stop: () => Promise<void> }[] = [];

beforeEach(async () => {
  project = await makeDrawingProject(db, { renders: 1 });
  hosts = await startFakeHosts();
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.stop();
  await hosts.close();
});

async function bridgeTo(kind: Hosted["kind"], { key = hosts.key, deadlineMs = 20_000 } = {}) {
  const { token } = await makeBridgeRow(db);
  const model = MODELS[kind];
  const address = { kind, model, name: project.endpoint, concurrency: 1, url: hosts.url, key };
  running.push(startBridge({ platformUrl: platform.url, token, endpoints: [address], deadlineMs }));
}

const untilDone = () =>
  vi.waitFor(async () => expect((await project.render()).state).toBe("done"), SOON);
const untilIt = (is: object) =>
  vi.waitFor(async () => expect(await project.render()).toMatchObject(is), SOON);

test("a model on Replicate draws each seed by one order, and its WebP is kept as PNG", async () => {
  await bridgeTo("replicate");
  await untilDone();

  const { input } = project.first;
  const { seeds, prompt } = input as { seeds: number[]; prompt: string };
  expect(hosts.orders.map(({ path }) => path)).toEqual(seeds.map(() => "/predictions"));
  expect(hosts.orders.map(({ body }) => body.input)).toMatchObject(
    seeds.map((seed) => ({ seed, prompt, num_outputs: 1 })),
  );
  expect(hosts.orders[0]?.body.version).toBe(VERSION);
  const made = await project.images();
  expect(made).toHaveLength(4);
  const { format, width } = await sharp(readFileSync(blobPath(made[0]!.sha256))).metadata();
  expect({ format, width }).toEqual({ format: "png", width: 512 });
  expect(await project.render()).toMatchObject({
    evals: null,
    backwards: null,
    trace: { keeps_seeds: true, images: [{ prediction: "p1", predict_time: 1.5 }, {}, {}, {}] },
  });
  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.endpointName, project.endpoint));
  expect(revision?.weightsHash).toBe(`stability-ai/sdxl:${VERSION}`);
});

test("an images API of OpenAI's shape draws, and says that it keeps no seeds", async () => {
  await bridgeTo("openai");
  await untilDone();

  const { prompt } = project.first.input as { prompt: string };
  expect(hosts.orders).toHaveLength(4);
  expect(hosts.orders[0]?.body).toMatchObject({ model: "gpt-image-1", n: 1, size: "512x512" });
  expect((await project.render()).trace).toMatchObject({
    keeps_seeds: false,
    ignored: expect.arrayContaining(["concepts"]),
    images: [{ revised_prompt: `A photo: ${prompt}` }, {}, {}, {}],
  });
});

test.each<[Hosted["kind"], HostedStep, string]>([
  ["replicate", "failed", "The host of the model failed: CUDA out of memory"],
  ["replicate", "dropped", "The host of the model broke off"],
  ["replicate", { status: 500 }, "The host of the model answered with 500"],
  ["replicate", "not-an-image", "The host's answer is not an image"],
  ["replicate", "missing-file", "The host's image was answered with 404"],
  ["replicate", "no-address", "The host gave no address of an image"],
  ["openai", "dropped", "The host of the model broke off"],
  ["openai", { status: 503 }, "The host of the model answered with 503"],
  ["openai", "not-an-image", "The host's answer is not an image"],
  ["openai", "no-address", "The host gave no address of an image"],
])(
  "%s, %j: fails with its reason, was ordered once, and the next try succeeds",
  async (kind, step, reason) => {
    hosts.script(step);
    await bridgeTo(kind);
    await untilIt({ state: "queued", failures: 1, reason });
    const before = hosts.orders.length;
    expect(await project.images()).toEqual([]);

    await project.hurry();
    await untilDone();
    // A render whose first image failed costs one order; where all four came and one was bad, four.
    expect([1, 4]).toContain(before);
    expect(hosts.orders.length).toBe(before + 4);
  },
);

test.each([
  ["openai", "moderated", "The host of the model refused the input: .*safety system"],
  ["replicate", { status: 422 }, "The host of the model refused the input: .*No\\."],
] as const)(
  "%s, %j: refuses for good what asking again would repeat",
  async (kind, step, reason) => {
    hosts.script(step);
    await bridgeTo(kind);

    await untilIt({ state: "failed", reason: expect.stringMatching(reason) });
    expect(hosts.orders).toHaveLength(1);
  },
);

test("an image that Replicate's filter takes leaves the others there, and a spare seed is ordered in its place", async () => {
  hosts.script("good", "moderated");
  await bridgeTo("replicate");
  await untilDone();

  const reason = "The host's filter took the image: NSFW content detected. Try again.";
  expect(await project.attempts()).toMatchObject([
    { outcome: "failed", kind: "filtered", reason },
    { outcome: "done" },
  ]);
  expect(hosts.orders).toHaveLength(5);
  const { trace, input } = await project.render();
  const { seeds } = input as { seeds: number[] };
  const ordered = hosts.orders.map(({ body }) => (body.input as { seed: number }).seed);
  expect(seeds).toEqual([ordered[0], ordered[4], ordered[2], ordered[3]]);
  const told = (trace as { images: { prediction: string }[] }).images;
  expect(told.map(({ prediction }) => prediction)).toEqual(["p1", "p5", "p3", "p4"]);
});

test.each(["replicate", "openai"] as const)(
  "%s: a host that asks to slow down costs no attempt",
  async (kind) => {
    hosts.script({ status: 429 });
    await bridgeTo(kind);
    await vi.waitFor(() => expect(hosts.orders).toHaveLength(1), SOON);
    await vi.waitFor(async () => {
      await project.hurry();
      expect((await project.render()).state).toBe("done");
    }, SOON);

    expect(await project.render()).toMatchObject({ attempt: 1, failures: 0 });
    expect(hosts.orders).toHaveLength(5);
  },
);

test.each(["replicate", "openai"] as const)(
  "%s: with a wrong key nothing is asked, and the endpoint says why",
  async (kind) => {
    await bridgeTo(kind, { key: "another key" });
    const name = kind === "openai" ? "OPENAI_API_KEY" : "REPLICATE_API_TOKEN";
    await vi.waitFor(async () => {
      const [row] = await db.select().from(endpoints).where(eq(endpoints.name, project.endpoint));
      expect(row).toMatchObject({
        health: "unreachable",
        description: { reason: `The host of the model refuses the key; look at ${name}` },
      });
    }, SOON);
    expect(hosts.orders).toEqual([]);
  },
);

test("a prediction beyond its deadline is cancelled where it runs", async () => {
  hosts.script("never-ends");
  await bridgeTo("replicate", { deadlineMs: 1500 });

  await untilIt({ failures: 1, reason: "No answer within 2 s" });
  expect(hosts.cancelled).toEqual(["p1"]);
});
