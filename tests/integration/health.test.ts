import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "@/db/client";
import { beat, stopBeating } from "@/server/core/beat";
import { readHealth, readHealthDetails } from "@/server/core/health";
import { enqueue } from "@/server/jobs/queue";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

test("without a worker the product is not well", async () => {
  expect(await readHealth(db)).toEqual({ status: "down", reason: "worker" });
});

test("a worker that said so lately makes it well, one that fell silent does not", async () => {
  await beat(db, "here:1", "worker");
  expect(await readHealth(db)).toEqual({ status: "ok" });

  await db.execute(sql`update heartbeat set seen_at = now() - interval '21 seconds'`);
  expect(await readHealth(db)).toEqual({ status: "down", reason: "worker" });

  await beat(db, "here:2", "worker");
  expect(await readHealth(db)).toEqual({ status: "ok" });
});

test("a worker that leaves on purpose is missed at once", async () => {
  await stopBeating(db, "here:2");

  expect(await readHealth(db)).toEqual({ status: "down", reason: "worker" });
});

test("without a database the product is not well either, and says so instead of waiting", async () => {
  const away = connect("postgres://nobody@127.0.0.1:1/nothing", { max: 1 });

  expect(await readHealth(away.db)).toEqual({ status: "down", reason: "database" });
  await away.close();
});

test("an admin sees who works, who fetches and how much waits", async () => {
  const { bridge } = await makeBridgeRow(db);
  await db.transaction((tx) => enqueue(tx, "generation.sweep", {}));

  expect(await readHealthDetails(db)).toMatchObject({
    workers: [{ process: "here:1" }],
    bridges: [{ name: bridge.name, lastSeenAt: null }],
    queue: { jobs: [{ kind: "generation.sweep", state: "created", count: 1 }], renders: [] },
  });
});
