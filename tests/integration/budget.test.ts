import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { BudgetKind } from "@/db/enums";
import { budgetEntries, budgets } from "@/db/schema";
import { reserve, settle } from "@/server/budget/spend";
import { makeProject } from "../support/make/project";
import { testDatabase } from "../support/test-database";

const { db } = await testDatabase();

async function limited(limit: number | null) {
  const { id: projectId } = await makeProject(db);
  await db.update(budgets).set({ limit }).where(eq(budgets.projectId, projectId));
  const spending = (subject: string) => ({ projectId, kind: "tokens" as BudgetKind, subject });
  return {
    projectId,
    reserve: (subject: string, amount: number) =>
      db.transaction((tx) => reserve(tx, spending(`${projectId} ${subject}`), amount)),
    settle: (subject: string, amount: number) =>
      db.transaction((tx) => settle(tx, spending(`${projectId} ${subject}`), amount)),
    read: async () => {
      const rows = await db.select().from(budgets).where(eq(budgets.projectId, projectId));
      const { reserved, settled } = rows.find((row) => row.kind === "tokens")!;
      return { reserved, settled };
    },
  };
}

test("what is spent is counted when reserved and settled when known", async () => {
  const budget = await limited(100);

  expect(await budget.reserve("one", 60)).toBe(true);
  expect(await budget.read()).toEqual({ reserved: 60, settled: 0 });
  await budget.settle("one", 25);
  expect(await budget.read()).toEqual({ reserved: 0, settled: 25 });
});

test("a reservation that would pass the limit is refused and changes nothing", async () => {
  const budget = await limited(100);
  await budget.reserve("one", 60);

  expect(await budget.reserve("two", 41)).toBe(false);
  expect(await budget.read()).toEqual({ reserved: 60, settled: 0 });
  expect(await budget.reserve("two", 40)).toBe(true);
});

test("reserving and settling twice count once", async () => {
  const budget = await limited(null);
  await budget.reserve("one", 60);
  await budget.reserve("one", 60);
  await budget.settle("one", 50);
  await budget.settle("one", 70);

  expect(await budget.read()).toEqual({ reserved: 0, settled: 50 });
});

test("of twenty spenders at once only those that fit are let through", async () => {
  for (let round = 0; round < 5; round += 1) {
    const budget = await limited(100);
    const letIn = await Promise.all(
      Array.from({ length: 20 }, (_, index) => budget.reserve(`${index}`, 9)),
    );

    expect(letIn.filter(Boolean)).toHaveLength(11);
    const entries = await db
      .select()
      .from(budgetEntries)
      .where(eq(budgetEntries.projectId, budget.projectId));
    expect(entries.reduce((sum, entry) => sum + entry.reserved, 0)).toBe(99);
    expect(await budget.read()).toEqual({ reserved: 99, settled: 0 });
  }
});

test("the database itself refuses a reservation above the limit", async () => {
  const { projectId } = await limited(10);

  await expect(
    db
      .update(budgets)
      .set({ reserved: 11 })
      .where(and(eq(budgets.projectId, projectId), eq(budgets.kind, "tokens"))),
  ).rejects.toMatchObject({ cause: { message: "the budget of tokens would be passed" } });
});
