import { expect, test, vi } from "vitest";
import { startTinyWorld } from "../support/tiny-world";

// As on a machine that onnxruntime has no binaries for: an Intel Mac.
vi.mock("onnxruntime-node", () => {
  throw new Error("Cannot find module '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'");
});

test("where onnxruntime cannot be loaded the endpoints stay up and say what to draw with instead", async () => {
  const world = await startTinyWorld();
  const health = await (await fetch(`${world.url}/plain/health-check`)).json();
  world.close();

  expect(health).toMatchObject({ status: "SETUP_FAILED", setup: { status: "failed" } });
  expect(health.setup.logs).toMatch(/^onnxruntime cannot be loaded here \(.+ on .+\)/);
  expect(health.setup.logs).toContain("start with DEFAULT_GENERATOR=sketch");
});
