import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { renders } from "@/db/schema";
import { startRun } from "@/server/generation/start-run";
import { closeQueue } from "@/server/jobs/queue";
import { spawnBridge } from "@/tests/support/bridge-process";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { removeHome, startInstance } from "@/tests/support/start-instance";
import { measureEngine } from "./measure-engine";
import { startTimingEndpoint } from "./timing-endpoint";

// `npm run bench:render`: seconds for 20 images through the whole product, and how much longer an
// endpoint stands idle between predictions with the bridge than with a bare loop of fetches.
const PREDICTIONS = 60;

const instance = await startInstance();
process.env.DATABASE_URL = instance.databaseUrl;
const { db, close } = connect(instance.databaseUrl);
const endpoint = await startTimingEndpoint();

try {
  console.log(JSON.stringify(await measure(), null, 2));
} finally {
  endpoint.close();
  await closeQueue();
  await close();
  await instance.stop();
  removeHome(instance.home);
}

async function measure() {
  const engine20ImagesMs = quantiles(await measureEngine());
  const images20Seconds = await drawTwenty();
  const bare = await bareLoop();
  const bridge = await throughBridge();
  return {
    engine20ImagesMs,
    images20Seconds,
    predictions: PREDICTIONS,
    idleMs: { bare: quantiles(bare), bridge: quantiles(bridge) },
    overheadMs: { p50: median(bridge) - median(bare) },
  };
}

async function drawTwenty(): Promise<number> {
  const { ctx, projectId } = await makeProjectWithPairs(db, 1);
  const startedAt = performance.now();
  await startRun(ctx, {});
  await untilDone(projectId, 5);
  return (performance.now() - startedAt) / 1000;
}

async function bareLoop(): Promise<number[]> {
  const { first } = await makeDrawingProject(db, { renders: 1 });
  for (let i = 0; i < PREDICTIONS; i++) {
    const response = await fetch(`${endpoint.url}/predictions/${i}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ input: first.input }),
    });
    await response.json();
  }
  return endpoint.takeIdle();
}

async function throughBridge(): Promise<number[]> {
  const { token } = await makeBridgeRow(db);
  const project = await makeDrawingProject(db, { renders: PREDICTIONS });
  const bridge = spawnBridge({
    TEACUP_URL: instance.url,
    BRIDGE_TOKEN: token,
    BRIDGE_ENDPOINTS: `${project.endpoint}=${endpoint.url}`,
  });
  await untilDone(project.projectId, PREDICTIONS);
  bridge.signal("SIGTERM");
  await bridge.exited();
  return endpoint.takeIdle();
}

async function untilDone(projectId: string, wanted: number) {
  for (;;) {
    const rows = await db
      .select({ state: renders.state, reason: renders.reason })
      .from(renders)
      .where(eq(renders.projectId, projectId));
    if (rows.filter((row) => row.state === "done").length === wanted) return;
    const failed = rows.find((row) => row.state === "failed");
    if (failed) throw new Error(`A render failed: ${failed.reason}`);
    await wait(50);
  }
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function quantiles(sorted: readonly number[]) {
  return { p50: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)] };
}
