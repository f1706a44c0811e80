import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { connect, type DbHandle } from "@/db/client";
import { closeDatabase } from "@/server/core/database";
import { closeQueue } from "@/server/jobs/queue";

/** A fresh copy of the migrated template for one test file, dropped when the file is done. */
export async function testDatabase(): Promise<DbHandle & { url: string }> {
  const clusterUrl = inject("clusterUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${inject("templateName")}`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  // The queue opens its own connections to the database the process is told of.
  process.env.DATABASE_URL = url.href;
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough for all";
  process.env.APP_URL ??= "http://localhost:3000";
  const handle = connect(url.href);
  afterAll(async () => {
    await closeQueue();
    await closeDatabase();
    await handle.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { ...handle, url: url.href };
}
