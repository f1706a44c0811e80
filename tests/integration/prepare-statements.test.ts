import { eq, inArray } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { accounts } from "@/db/schema";
import { openCounted } from "@/tests/support/count-round-trips";
import { testDatabase } from "@/tests/support/test-database";

const { url } = await testDatabase();
const counted = await openCounted(url);
const { db } = counted;
afterAll(() => counted.close());

const find = (from: typeof db | Tx, mail: string) =>
  from.select({ id: accounts.id }).from(accounts).where(eq(accounts.mail, mail));

test("a statement the connection knows waits for the database once, whatever its parameters", async () => {
  await find(db, "first@example.org");

  expect(await counted.count(() => find(db, "second@example.org"))).toBe(1);
});

test("the same holds within a transaction and within a savepoint", async () => {
  await find(db, "first@example.org");
  const inside = (tx: Tx) =>
    tx.transaction(async (savepoint) => {
      expect(await counted.count(() => find(savepoint, "third@example.org"))).toBe(1);
    });

  // Begin, savepoint, the statement, commit.
  expect(await counted.count(() => db.transaction(inside))).toBe(4);
});

test("a long list is answered and kept by no connection", async () => {
  const mails = Array.from({ length: 33 }, (_, index) => `${index}@example.org`);
  const ask = () => db.select().from(accounts).where(inArray(accounts.mail, mails));

  expect(await ask()).toEqual([]);

  const kept = await db.$client<
    { statement: string }[]
  >`select statement from pg_prepared_statements`;
  expect(kept.map(({ statement }) => statement).filter((text) => text.includes("$33"))).toEqual([]);
});
