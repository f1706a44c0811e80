import type { BudgetKind } from "@/db/enums";

/** Above this share of its limit a budget is shown as near it. */
export const NEAR_SHARE = 0.85;

export type Budget = {
  kind: BudgetKind;
  /** null: no limit. */
  limit: number | null;
  reserved: number;
  settled: number;
};

export type MeterState = "free" | "within" | "near" | "stopped";
export type Meter = { spent: number; share: number | null; state: MeterState };

/** How much of a budget is gone, counting what is set aside for work that goes on. */
export function meterOf({ limit, reserved, settled }: Budget): Meter {
  const spent = reserved + settled;
  if (limit === null) return { spent, share: null, state: "free" };
  if (spent >= limit) return { spent, share: 1, state: "stopped" };
  const share = spent / limit;
  return { spent, share, state: share > NEAR_SHARE ? "near" : "within" };
}
