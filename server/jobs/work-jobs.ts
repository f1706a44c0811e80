import type { PgBoss } from "pg-boss";
import type { Db } from "@/db/client";
import { loggable } from "@/server/core/loggable";
import { JOB_KINDS, type JobKind } from "./contracts";
import { handlers } from "./handlers";

// How many of a kind this process runs at once: renditions use the processor, the others wait for someone.
const CONCURRENCY = {
  "loop.advance": 2,
  "loop.sweep": 1,
  "mining.propose": 2,
  "mining.writePrompts": 4,
  "mining.inquire": 2,
  "generation.makeRenditions": 2,
  "generation.openGrids": 1,
  "generation.sweep": 1,
  "mining.sweep": 1,
  "release.sweep": 1,
  "realign.advance": 2,
  "scoring.judgeRun": 1,
  "scoring.judgeMissed": 1,
  "import.run": 1,
  "import.sweep": 1,
  "release.export": 1,
  "agreement.reckon": 1,
  "metrics.reckon": 1,
  "rating.sweep": 1,
  "counters.sweep": 1,
} satisfies Record<JobKind, number>;

const POLL_SECONDS = 0.5;

/** Takes jobs of every kind until the queue is stopped. A thrown error leaves the job to be retried. */
export async function workJobs(boss: PgBoss, db: Db): Promise<void> {
  for (const kind of JOB_KINDS) {
    await boss.work(
      kind,
      { pollingIntervalSeconds: POLL_SECONDS, localConcurrency: CONCURRENCY[kind], batchSize: 1 },
      async (jobs) => {
        for (const job of jobs) await runJob(kind, job.data, { db, signal: job.signal });
      },
    );
  }
}

async function runJob(kind: JobKind, payload: unknown, ctx: { db: Db; signal: AbortSignal }) {
  try {
    await handlers[kind](payload, ctx);
  } catch (error) {
    console.error(`${kind} failed and is tried again`, JSON.stringify(payload), loggable(error));
    throw error;
  }
}
