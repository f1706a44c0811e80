import { expect, test } from "vitest";
import { uuidv7 } from "@/db/columns";
import { enqueue } from "@/server/jobs/queue";
import { testDatabase } from "@/tests/support/test-database";

const { db, sql } = await testDatabase();

const queued = (batchId: string) =>
  sql`select name, data from pgboss.job where data ->> 'batchId' = ${batchId}`;

test("a job exists when the transaction that recorded the fact commits", async () => {
  const batchId = uuidv7();
  await db.transaction((tx) => enqueue(tx, "mining.propose", { batchId }));

  expect(await queued(batchId)).toMatchObject([{ name: "mining.propose", data: { batchId } }]);
});

test("a job is gone with the transaction that failed", async () => {
  const batchId = uuidv7();
  const failing = db.transaction(async (tx) => {
    await enqueue(tx, "mining.propose", { batchId });
    throw new Error("the fact could not be written");
  });

  await expect(failing).rejects.toThrow("the fact could not be written");
  expect(await queued(batchId)).toEqual([]);
});
