import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

const WORKER_SILENT_SECONDS = 20;
const DATABASE_PATIENCE_MS = 3_000;

export type Health = { status: "ok" } | { status: "down"; reason: "database" | "worker" };

/** Is the database there, and has a worker said so lately? */
export async function readHealth(db: Db): Promise<Health> {
  try {
    const age = await withPatience(workerAgeSeconds(db));
    if (age === null || age > WORKER_SILENT_SECONDS) return { status: "down", reason: "worker" };
    return { status: "ok" };
  } catch (error) {
    console.error("The health check cannot read the database", error);
    return { status: "down", reason: "database" };
  }
}

async function workerAgeSeconds(db: Db): Promise<number | null> {
  const [row] = await db.execute<{ age: number | null }>(
    sql`select extract(epoch from now() - max(seen_at))::float8 as age from heartbeat where kind = 'worker'`,
  );
  return row?.age ?? null;
}

// A database that hangs is as good as none; whoever asks has a deadline of their own.
async function withPatience<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("The database did not answer in time")),
      DATABASE_PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

export type HealthDetails = Awaited<ReturnType<typeof readHealthDetails>>;

/** What only an admin gets to see: who works, who fetches, and how much waits. */
export async function readHealthDetails(db: Db) {
  const [workers, bridges, jobs, renders] = await Promise.all([
    db.execute<{ process: string; ageSeconds: number }>(
      sql`select process, extract(epoch from now() - seen_at)::float8 as "ageSeconds" from heartbeat order by seen_at desc`,
    ),
    db.execute<{ name: string; lastSeenAt: string | null }>(
      sql`select name, last_seen_at as "lastSeenAt" from bridge where revoked_at is null order by name`,
    ),
    db.execute<{ kind: string; state: string; count: number }>(
      sql`select name as kind, state::text, count(*)::int from pgboss.job where state < 'completed' group by 1, 2 order by 1, 2`,
    ),
    db.execute<{ state: string; count: number }>(
      sql`select state::text, count(*)::int from render where state in ('queued', 'leased') group by 1 order by 1`,
    ),
  ]);
  return {
    workers: [...workers],
    bridges: [...bridges],
    queue: { jobs: [...jobs], renders: [...renders] },
  };
}
