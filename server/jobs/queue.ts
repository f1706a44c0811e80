import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { Tx } from "@/db/client";
import { JOB_KINDS, type JobKind, type JobPayload } from "./contracts";

// Retries of a job are for crashes and outages; a bad answer ends in a state a person sees.
const QUEUE_OPTIONS = {
  retryLimit: 8,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: 10,
  expireInSeconds: 3600,
} as const;

export async function openQueue(url: string, options: { supervise: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    supervise: options.supervise,
    superviseIntervalSeconds: 5,
    max: options.supervise ? 6 : 1,
  });
  boss.on("error", (error) => console.error("The job queue reports:", error.message));
  await boss.start();
  for (const kind of JOB_KINDS) await boss.createQueue(kind, QUEUE_OPTIONS);
  return boss;
}

const holder = globalThis as typeof globalThis & { teacupQueue?: Promise<PgBoss> };

/** Enqueues inside the caller's transaction: the job exists exactly when the fact does. */
export async function enqueue<K extends JobKind>(
  tx: Tx,
  kind: K,
  payload: JobPayload<K>,
  { notBefore }: { notBefore?: Date } = {},
): Promise<void> {
  const boss = await openedQueue();
  await boss.send(kind, payload, { db: fromDrizzle(tx, sql), startAfter: notBefore });
}

/** The statement that `enqueue` would execute, for one that does more: `text` has one parameter, `$1`. */
export async function jobInsert<K extends JobKind>(
  kind: K,
  payload: JobPayload<K>,
): Promise<{ text: string; value: string }> {
  const boss = await openedQueue();
  const told: { text: string; values: unknown[] }[] = [];
  const executeSql = async (text: string, values: unknown[] = []) => {
    told.push({ text, values });
    return { rows: [{ id: null }] };
  };
  await boss.send(kind, payload, { db: { executeSql } });
  const [insert, ...more] = told;
  const [value, ...others] = insert?.values ?? [];
  if (!insert || typeof value !== "string" || more.length + others.length > 0)
    throw new Error("The queue does not insert a job by one statement with one parameter");
  return { text: insert.text, value };
}

/** One queue a process. A database that was away when it was opened is asked again next time. */
async function openedQueue(): Promise<PgBoss> {
  if (holder.teacupQueue) return holder.teacupQueue;
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set");
  const opening = openQueue(url, { supervise: false }).catch((cause: unknown) => {
    if (holder.teacupQueue === opening) holder.teacupQueue = undefined;
    throw cause;
  });
  holder.teacupQueue = opening;
  return opening;
}

export async function closeQueue(): Promise<void> {
  const opened = holder.teacupQueue;
  holder.teacupQueue = undefined;
  await (await opened)?.stop({ graceful: false });
}
