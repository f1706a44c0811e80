import { and, desc, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { budgets, decisions, waiting } from "@/db/schema";
import { addBudgets } from "@/server/budget/add-budgets";
import { listEntries } from "@/server/budget/list-entries";
import { readBudgets } from "@/server/budget/read-budgets";
import { ENTRY_PAGE } from "@/server/budget/schemas";
import { setBudget } from "@/server/budget/set-budget";
import { reserve, settle } from "@/server/budget/spend";
import { waitFor } from "@/server/loop/wait";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function makeBudget(limit: number | null) {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  await db.transaction((tx) => addBudgets(tx, projectId));
  await db
    .update(budgets)
    .set({ limit })
    .where(and(eq(budgets.projectId, projectId), eq(budgets.kind, "tokens")));
  return { owner, projectId };
}

const spend = (projectId: string, subject: string, amount: number) =>
  db.transaction((tx) => reserve(tx, { projectId, kind: "tokens", subject }, amount));

const openWaits = (projectId: string) =>
  db
    .select()
    .from(waiting)
    .where(and(eq(waiting.projectId, projectId), isNull(waiting.endedAt)));

test("a raised limit ends the wait for it, is in the log, and lets the next spending through", async () => {
  const { owner, projectId } = await makeBudget(10);
  expect(await spend(projectId, `${projectId} a`, 11)).toBe(false);
  await db.transaction((tx) =>
    waitFor(tx, { projectId, kind: "budget", budget: "tokens" }, "Tokens are used up."),
  );

  await setBudget(owner, { kind: "tokens", limit: 20 });

  expect(await openWaits(projectId)).toEqual([]);
  expect(await spend(projectId, `${projectId} a`, 11)).toBe(true);
  const [decision] = await db
    .select()
    .from(decisions)
    .where(eq(decisions.projectId, projectId))
    .orderBy(desc(decisions.seq));
  expect(decision).toMatchObject({
    action: "budget.set",
    payload: { kind: "tokens", limit: 20, before: 10 },
  });
});

test("a limit below what is spent is allowed: what goes on is settled, nothing new begins", async () => {
  const { owner, projectId } = await makeBudget(null);
  const begun = { projectId, kind: "tokens", subject: `${projectId} begun` } as const;
  await spend(projectId, begun.subject, 50);

  await setBudget(owner, { kind: "tokens", limit: 10 });

  expect(await spend(projectId, `${projectId} next`, 1)).toBe(false);
  await db.transaction((tx) => settle(tx, begun, 60));
  expect(await readBudgets(db, projectId)).toContainEqual({
    kind: "tokens",
    limit: 10,
    reserved: 0,
    settled: 60,
  });
});

test("a lowered limit ends no wait, and saving the same limit again is no decision", async () => {
  const { owner, projectId } = await makeBudget(10);
  await db.transaction((tx) =>
    waitFor(tx, { projectId, kind: "budget", budget: "tokens" }, "Tokens are used up."),
  );

  await setBudget(owner, { kind: "tokens", limit: 5 });
  await setBudget(owner, { kind: "tokens", limit: 5 });

  expect(await openWaits(projectId)).toHaveLength(1);
  const told = await db.select().from(decisions).where(eq(decisions.projectId, projectId));
  expect(told).toHaveLength(1);
});

test("the entries behind a figure come in pages, newest first, and sum up to it", async () => {
  const { owner, projectId } = await makeBudget(null);
  for (let i = 1; i <= ENTRY_PAGE + 3; i++) await spend(projectId, `${projectId} ${i}`, i);

  const first = await listEntries(owner, { kind: "tokens" });
  const second = await listEntries(owner, { kind: "tokens", cursor: first.nextCursor! });

  const all = [...first.entries, ...second.entries];
  expect(first.entries[0]).toMatchObject({ reserved: ENTRY_PAGE + 3 });
  expect([first.entries.length, second.entries.length, second.nextCursor]).toEqual([
    ENTRY_PAGE,
    3,
    null,
  ]);
  const [tokens] = await readBudgets(db, projectId);
  expect(all.reduce((sum, entry) => sum + entry.reserved, 0)).toBe(tokens!.reserved);
});
