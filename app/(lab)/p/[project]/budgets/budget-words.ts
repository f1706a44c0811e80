import type { BudgetKind } from "@/db/enums";
import { type Budget, meterOf } from "@/server/budget/domain/meter";

export const BUDGET_NAMES = {
  tokens: "LLM tokens",
  renders: "Renders",
  rater_ms: "Rater minutes",
} satisfies Record<BudgetKind, string>;

/** What stands still when a budget is used up. */
export const STOPS = {
  tokens: "Proposing and prompts stop",
  renders: "Rendering stops",
  rater_ms: "Rating stops",
} satisfies Record<BudgetKind, string>;

/** What may stand in the field of a limit. */
export const LIMIT_RULE = {
  tokens: "A whole number of 0 or more",
  renders: "A whole number of 0 or more",
  rater_ms: "A number of minutes, 0 or more",
} satisfies Record<BudgetKind, string>;

const MILLION = 1_000_000;
const MINUTE_MS = 60_000;

/** In the words of a person: millions of tokens, minutes, whole renders. */
export function amountOf(kind: BudgetKind, amount: number): string {
  if (kind === "rater_ms") return inMinutes(amount);
  if (kind === "tokens" && amount >= MILLION) return `${(amount / MILLION).toFixed(2)} M`;
  return amount.toLocaleString("en-GB");
}

function inMinutes(ms: number): string {
  const minutes = ms / MINUTE_MS;
  return minutes < 100 && minutes > 0
    ? minutes.toFixed(1)
    : Math.round(minutes).toLocaleString("en-GB");
}

/** What a person types as a limit, in the kind's own unit: null for none, undefined when it is no amount. */
export function readLimit(kind: BudgetKind, text: string): number | null | undefined {
  const typed = text.replace(/[\s,]/g, "");
  if (typed === "") return null;
  const amount = Number(typed);
  if (!Number.isFinite(amount) || amount < 0) return undefined;
  const limit = kind === "rater_ms" ? Math.round(amount * MINUTE_MS) : amount;
  return Number.isSafeInteger(limit) ? limit : undefined;
}

/** A limit as it stands in the field. */
export function limitText(kind: BudgetKind, limit: number | null): string {
  if (limit === null) return "";
  return String(kind === "rater_ms" ? limit / MINUTE_MS : limit);
}

export type LimitChange = Pick<Budget, "kind" | "limit">;

/** What new limits bring about: a kind that is used up stops, one that got more goes on. */
export function savedWords(changes: readonly LimitChange[], budgets: readonly Budget[]): string {
  const told = budgets.flatMap((budget) => {
    const change = changes.find(({ kind }) => kind === budget.kind);
    return change ? [{ budget, limit: change.limit }] : [];
  });
  const isUsedUp = ({ budget, limit }: (typeof told)[number]) =>
    meterOf({ ...budget, limit }).state === "stopped";
  const stops = told.filter(isUsedUp).map(({ budget }) => `${STOPS[budget.kind]}.`);
  const isGoingOn = told.some((one) => !isUsedUp(one) && isMore(one.limit, one.budget.limit));
  return [
    "Limits saved.",
    ...stops,
    ...(stops.length > 0 ? ["What was begun is finished."] : []),
    ...(isGoingOn ? ["What waited for more goes on."] : []),
  ].join(" ");
}

const isMore = (limit: number | null, before: number | null) =>
  before !== null && (limit === null || limit > before);
