import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import { beat, stopBeating } from "./core/beat";
import { database } from "./core/database";
import { env } from "./core/env";
import { SWEEPS } from "./jobs/contracts";
import { openQueue } from "./jobs/queue";
import { workJobs } from "./jobs/work-jobs";

const BEAT_EVERY_MS = 5_000;
const SWEEP_EVERY_SECONDS = 10;
const RETRY_AFTER_MS = 1_000;
// The supervisor kills after five seconds; a job cut off here is taken up again by the next worker.
const DRAIN_MS = 4_000;

const name = `${hostname()}:${process.pid}`;
const stopping = new AbortController();

/** A database that is away is waited for: the worker never leaves because of it. */
async function untilDone<T>(what: string, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (stopping.signal.aborted) throw error;
      console.error(`${what} failed, trying again`, error);
      await wait(RETRY_AFTER_MS);
    }
  }
}

async function every(milliseconds: number, what: string, act: () => Promise<unknown>) {
  while (!stopping.signal.aborted) {
    await act().catch((error) => console.error(`${what} failed`, error));
    await wait(milliseconds, undefined, { signal: stopping.signal }).catch((error) => {
      if (!stopping.signal.aborted) throw error;
    });
  }
}

/** One sweep of a kind an interval however many workers ask: the slot is the singleton. */
async function askForSweeps(boss: PgBoss) {
  for (const kind of SWEEPS) {
    await boss.send(kind, {}, { singletonSeconds: SWEEP_EVERY_SECONDS, retryLimit: 0 });
  }
}

async function work() {
  const { DATABASE_URL } = env();
  const { db, close } = database();
  const boss = await untilDone("Opening the job queue", () =>
    openQueue(DATABASE_URL, { supervise: true }),
  );
  await untilDone("Taking jobs", () => workJobs(boss, db));
  console.log("Taking jobs");
  await Promise.all([
    every(BEAT_EVERY_MS, "The heartbeat", () => beat(db, name, "worker")),
    every(SWEEP_EVERY_SECONDS * 1_000, "Asking for sweeps", () => askForSweeps(boss)),
  ]);
  await boss.stop({ graceful: true, timeout: DRAIN_MS });
  await stopBeating(db, name);
  await close();
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort());
// A handle that a library left open must not keep a drained worker alive.
await work().finally(() => setTimeout(() => process.exit(), 200).unref());
