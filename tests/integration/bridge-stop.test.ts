import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { cancelRun } from "@/server/generation/cancel-run";
import { openBridgeStage, SOON } from "@/tests/support/bridge-stage";
import type { DrawingProject } from "@/tests/support/drawing-project";
import type { FakeEndpoint } from "@/tests/support/fake-endpoint";

const stage = await openBridgeStage();
const { bridgeTo } = stage;
let project: DrawingProject;
let endpoint: FakeEndpoint;

beforeEach(async () => {
  ({ project, endpoint } = await stage.set());
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

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
