import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { renders } from "@/db/schema";
import { type BridgeProcess, spawnBridge } from "@/tests/support/bridge-process";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { startPlatformServer } from "@/tests/support/platform-server";
import "@/tests/support/web-environment";
import { withBenchDatabase } from "./bench-database";
import { startStub } from "./bridge-room/start-stub";
import { cpuSeconds } from "./cpu-time";
import { rounded, spread } from "./figures";

// `npm run bench:bridge [-- --predictions 200 --crowd 1000 --gpu 12 --only crowd,gpu]`: what the bridge process adds to a prediction of 0 ms and of
// 1 s (the endpoint's wait for the next one, and the bridge's processor time), its memory while a crowd of slow predictions
// waits and when all are answered in the same second, and the share of time that a GPU of 2 s an answer of four photographs stands idle.
const { values } = parseArgs({
  options: {
    predictions: { type: "string", default: "200" },
    crowd: { type: "string", default: "1000" },
    gpu: { type: "string", default: "12" },
    only: { type: "string", default: "atOnce,afterASecond,crowd,gpu" },
  },
});
const parts = { atOnce, afterASecond, crowd, gpu };
const TARGETS = { overheadMs: 10, cpuMs: 4, megabytes: 300, idleShare: 0.03 };
const WARM_UP = 4;

await withBenchDatabase(async (db) => {
  const platform = await startPlatformServer();
  try {
    console.log(JSON.stringify({ targets: TARGETS }));
    for (const [name, measure] of Object.entries(parts)) {
      if (!values.only.split(",").includes(name)) continue;
      console.log(JSON.stringify(await measure(db, platform.url)));
    }
  } finally {
    await platform.close();
  }
});

function atOnce(db: Db, url: string) {
  return overhead(db, url, { drawingMs: 0, count: Number(values.predictions), side: 64 });
}

function afterASecond(db: Db, url: string) {
  return overhead(db, url, {
    drawingMs: 1000,
    count: Math.min(12, Number(values.predictions)),
    side: 64,
  });
}

type Load = { drawingMs: number; count: number; side: number };

async function overhead(db: Db, url: string, { drawingMs, count, side }: Load) {
  const { cpuMs, notes } = await through(db, url, { drawingMs, count, side });
  return {
    stubMs: drawingMs,
    predictions: count,
    overheadMs: spread(notes.idleMs),
    cpuMsEach: rounded(cpuMs / count, 2),
  };
}

async function gpu(db: Db, url: string) {
  const count = Number(values.gpu);
  const { cpuMs, notes } = await through(db, url, { drawingMs: 2000, count, side: 1024 });
  const idle = notes.idleMs.reduce((sum, each) => sum + each, 0);
  return {
    stubMs: 2000,
    predictions: count,
    idleMs: spread(notes.idleMs),
    idleShare: rounded(idle / (idle + notes.busyMs), 4),
    cpuMsEach: rounded(cpuMs / count, 2),
  };
}

/** Every prediction at once, all answered in the same moment. */
async function crowd(db: Db, url: string) {
  const count = Number(values.crowd);
  const stub = await startStub({ drawingMs: 1000, crowd: count });
  const project = await askFor(db, count, 256);
  const bridge = await bridgeTo(db, url, `${project.endpoint}*${count}=${stub.url}`);
  await untilDone(bridge, async () => (await stub.look()).atOnce, count);
  const megabytesWaiting = rounded(bridge.peakMegabytes());
  const startedAt = performance.now();
  await untilDone(bridge, project.countDone, count);
  const seconds = rounded((performance.now() - startedAt) / 1000);
  const { atOnce: most } = await stub.look();
  const megabytesAnswered = rounded(bridge.peakMegabytes());
  await bridge.kill();
  await stub.stop();
  return { atOnce: most, megabytesWaiting, megabytesAnswered, seconds };
}

/** The first few warm up both processes and are not counted. */
async function through(db: Db, url: string, { drawingMs, count, side }: Load) {
  const stub = await startStub({ drawingMs });
  const project = await askFor(db, count + WARM_UP, side);
  const bridge = await bridgeTo(db, url, `${project.endpoint}=${stub.url}`);
  await untilDone(bridge, project.countDone, WARM_UP);
  await stub.look({ anew: true });
  const before = cpuSeconds(bridge.pid);
  await untilDone(bridge, project.countDone, count + WARM_UP);
  const cpuMs = (cpuSeconds(bridge.pid) - before) * 1000;
  const notes = await stub.look({ anew: true });
  await bridge.kill();
  await stub.stop();
  return { cpuMs, notes };
}

async function askFor(db: Db, count: number, side: number) {
  const project = await makeDrawingProject(db, { renders: count });
  const size = JSON.stringify({ width: side, height: side });
  await db
    .update(renders)
    .set({ input: sql`${renders.input} || ${size}::jsonb` })
    .where(eq(renders.projectId, project.projectId));
  return project;
}

async function bridgeTo(db: Db, url: string, endpoints: string) {
  const { token } = await makeBridgeRow(db);
  // As its systemd unit starts it.
  const environment = { MALLOC_ARENA_MAX: "2" };
  return spawnBridge({
    ...environment,
    TEACUP_URL: url,
    BRIDGE_TOKEN: token,
    BRIDGE_ENDPOINTS: endpoints,
  });
}

async function untilDone(bridge: BridgeProcess, done: () => Promise<number>, wanted: number) {
  const end = performance.now() + 240_000;
  while ((await done()) < wanted) {
    if (performance.now() > end) throw new Error(`The bridge is not done:\n${bridge.log()}`);
    await wait(100);
  }
}
