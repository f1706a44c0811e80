import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { endpoints } from "@/db/schema";
import { addressOf, openBridgeStage, SOON } from "@/tests/support/bridge-stage";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { type FakeEndpoint, type Step, startFakeEndpoint } from "@/tests/support/fake-endpoint";

const stage = await openBridgeStage();
const { bridgeTo, db, untilDone } = stage;
let project: DrawingProject;
let endpoint: FakeEndpoint;

beforeEach(async () => {
  ({ project, endpoint } = await stage.set());
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

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

test("after three faults in a row an endpoint is left alone for a while, however much waits for it", async () => {
  const waiting = await makeDrawingProject(db, { renders: 8 });
  endpoint.script(Array(4).fill("failed"));
  await bridgeTo([addressOf(waiting, endpoint)]);
  await vi.waitFor(() => expect(endpoint.calls.length).toBeGreaterThan(5), SOON);

  // With the third fault one render is drawn and one is leased ahead: the sixth is the first that has to wait.
  const [third, sixth] = [2, 5].map((at) => endpoint.calls[at]!.arrivedAt);
  expect(sixth! - third!).toBeGreaterThan(490);
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

test.each<Step>(["busy-409", "still-at-it-202", "slow-down-429", "not-ready-503"])(
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

  endpoint = await stage.revive(port);
  await untilDone();
  expect(await project.render()).toMatchObject({ attempt: 1, failures: 0 });
});
