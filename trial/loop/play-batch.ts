import { checkPair } from "@/server/mining/domain/check-pair";
import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { pairKey } from "@/server/mining/domain/pair-key";
import type { TwinIndex } from "@/server/mining/domain/twin-index";
import { type ExpandInput, expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { readAnswer } from "@/server/mining/exchanges/read-answer";
import type { People, Phase, RatedPair, ScriptedLlm } from "../types";
import { noteBatch, type Settled, type TrialPattern } from "./trial-pattern";

const EXAMPLES = 8;
const TEMPERATURE = 1;
const RETEST_TEMPERATURE = 2;

export type Table = {
  llm: ScriptedLlm;
  people: People;
  twins: TwinIndex<PairWords>;
  /** Every rated pair in its order: the discovery curve follows from it. */
  rated: RatedPair[];
  budget: number;
  /** Whether Levels go back to the proposer. */
  hasFeedback: boolean;
};

/** Asks for n pairs of a pattern with the product's own messages, settles, approves and rates them. */
export function playBatch(table: Table, pattern: TrialPattern, n: number, isRetest: boolean): void {
  const input = inputOf(table, pattern, n);
  const temperature = isRetest ? RETEST_TEMPERATURE : TEMPERATURE;
  const text = table.llm.expand(expandPattern.messages(input), temperature);
  const answer = readAnswer(expandPattern, input, { text, finishReason: "stop", isRefusal: false });
  if (answer.outcome !== "parsed") throw new Error(answer.problems.join("; "));
  const settled = answer.value.pairs
    .filter((pair) => checkPair(pair) === null)
    .map((pair) => settle(table, pair));
  noteBatch(pattern, settled, isRetest);
  for (const pair of settled.filter(({ isNew }) => isNew)) {
    if (table.people.approve(pair)) ratePair(table, pattern, pair);
    else pattern.rejected.push(pair);
  }
}

/** Rates one pair, if the budget holds one more. */
export function ratePair(table: Table, pattern: TrialPattern, { a, b }: PairWords): void {
  if (table.rated.length >= table.budget) return;
  // What is asked of a first pattern after its seeds is phase 2.
  const phase: Phase = pattern.phase === 1 && pattern.batches > 0 ? 2 : pattern.phase;
  const rated = { a, b, phase, pattern: pattern.name, ...table.people.rate({ a, b }) };
  pattern.rated.push(rated);
  table.rated.push(rated);
}

/** The newest Level 5 finds as examples; what was drawn right, or turned down by a person, as what not to do. */
function inputOf({ hasFeedback }: Table, pattern: TrialPattern, n: number): ExpandInput {
  const newest = (pairs: readonly PairWords[]) => (hasFeedback ? pairs.slice(-EXAMPLES) : []);
  const found = pattern.rated.filter(({ isLevel5 }) => isLevel5);
  const fine = pattern.rated.filter(({ isLevel5 }) => !isLevel5);
  return {
    pattern: { name: pattern.name, definition: "" },
    exemplars: newest(found).map(({ a, b }) => ({ a, b, latent: null })),
    rejected: newest(fine).map(({ a, b }) => ({ a, b, reason: "plainly_fine" })),
    n,
    seed: pattern.batches,
  };
}

function settle({ twins }: Table, pair: PairWords): Settled {
  const twin = twins.find(pair);
  if (twin) return { ...pair, key: pairKey(twin.pair.a, twin.pair.b), isNew: false };
  twins.add(pair);
  return { ...pair, key: pairKey(pair.a, pair.b), isNew: true };
}
