import { BUDGET_KINDS, type BudgetKind } from "@/db/enums";
import { broken, type Say, type Step, say } from "./fake-llm";
import type { Asked } from "./good-answers";

/** What a server may do to a question. */
export const BAD_ANSWERS: readonly Step[] = [
  say.truncated,
  say.refusal,
  say.notJson,
  say.wrongShape,
  say.wrongCount,
  "hang up",
  broken,
];

// So small that a life runs into them: a question sets aside some thousand tokens, a first grid two minutes.
const MOST: Record<BudgetKind, number> = { tokens: 9_000, renders: 90, rater_ms: 400_000 };

/** One kind of limit, now and then none. */
export function limitOf(pick: number, other: number) {
  const kind = BUDGET_KINDS[pick % BUDGET_KINDS.length] ?? "tokens";
  const limit = other % 4 === 0 ? null : Math.round((MOST[kind] * (other % 100)) / 50);
  return { kind, limit };
}

/** A good answer to every question; pairs repeat those of an earlier batch as often as not. */
export function saySomething(): (asked: Asked) => Say {
  let times = 0;
  return (asked) => {
    times += 1;
    const isAboutPairs = asked.messages[1]?.content.includes("new pairs of this pattern");
    return isAboutPairs ? say.pairs(`thing${Math.ceil(times / 2) % 6}`)(asked) : say.good(asked);
  };
}
