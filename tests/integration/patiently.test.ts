import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { patiently } from "@/server/demo/patiently";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

test("a step whose connection is cut off is done again", async () => {
  let tries = 0;

  const answer = await patiently(async () => {
    tries += 1;
    if (tries === 1) await db.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
    return db.execute(sql`select 1 as one`);
  });

  expect([tries, answer[0]]).toEqual([2, { one: 1 }]);
});
