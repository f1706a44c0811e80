import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { withTestDatabase } from "@/scripts/lib/test-database.mjs";
import { closeQueue, openQueue } from "@/server/jobs/queue";

/** A database and a home of its own for a bench in this process; jobs are written, and nobody works on them. */
export async function withBenchDatabase(act: (db: Db) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "teacup-bench-"));
  process.env.TEACUP_HOME = home;
  try {
    await withTestDatabase(async (url: string) => {
      await migrateDatabase(url);
      process.env.DATABASE_URL = url;
      const queue = await openQueue(url, { supervise: false });
      await queue.stop({ graceful: false });
      const { db, close } = connect(url, { max: 4 });
      try {
        await act(db);
      } finally {
        await closeQueue();
        await close();
      }
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
