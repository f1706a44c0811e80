import { expect, test } from "vitest";
import { savedWords } from "@/app/(lab)/p/[project]/budgets/budget-words";
import type { Budget } from "@/server/budget/domain/meter";

const RENDERS: Budget = { kind: "renders", limit: 100, reserved: 10, settled: 50 };
const TOKENS: Budget = { kind: "tokens", limit: 1000, reserved: 0, settled: 1500 };

const saved = (...changes: { kind: Budget["kind"]; limit: number | null }[]) =>
  savedWords(changes, [TOKENS, RENDERS]);

test("a limit that is lowered to what is spent and set aside is said to stop its work", () => {
  expect(saved({ kind: "renders", limit: 60 })).toBe(
    "Limits saved. Rendering stops. What was begun is finished.",
  );
});

test("a limit that is raised, and not far enough, lets nothing go on", () => {
  expect(saved({ kind: "tokens", limit: 1200 })).toContain("Proposing and prompts stop.");
  expect(saved({ kind: "tokens", limit: 1200 })).not.toContain("goes on");
});

test.each([2000, null])("a limit that is raised to %s lets go on what waited", (limit) => {
  expect(saved({ kind: "tokens", limit })).toBe("Limits saved. What waited for more goes on.");
});

test("a limit that is lowered above what is spent is saved, and no more is said", () => {
  expect(saved({ kind: "renders", limit: 61 })).toBe("Limits saved.");
});
