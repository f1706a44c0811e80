import { checkPair } from "@/server/mining/domain/check-pair";
import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { isDrawnWell } from "@/server/mining/domain/drawn-well";
import { pairKey } from "@/server/mining/domain/pair-key";
import { pickExemplars } from "@/server/mining/domain/pick-exemplars";
import { hash32 } from "@/server/mining/domain/random";
import type { TwinIndex } from "@/server/mining/domain/twin-index";
import { type ExpandInput, expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { readAnswer } from "@/server/mining/exchanges/read-answer";
import type { People, Phase, RatedPair, ScriptedLlm } from "../types";
import { noteBatch, type Settled, type TrialPattern } from "./trial-pattern";

/** As many of each as the product shows. */
const SHOWN = 8;
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

/** What the product would tell its proposer of this pattern, picked by its own rules. */
function inputOf({ hasFeedback }: Table, pattern: TrialPattern, n: number): ExpandInput {
  const seed = hash32(`${pattern.name} ${pattern.batches}`);
  const feedback = hasFeedback ? feedbackOf(pattern, seed) : NO_FEEDBACK;
  return { pattern: { name: pattern.name, definition: "" }, ...feedback, guidance: [], n, seed };
}

const NO_FEEDBACK = { exemplars: [], drawnWell: [], rejected: [] };

function feedbackOf({ rated, rejected }: TrialPattern, seed: number) {
  const wasFine = ({ isLevel5, images }: RatedPair) =>
    isDrawnWell({ level: isLevel5 ? 5 : null, rated: images });
  const candidates = rated
    .filter((pair) => !wasFine(pair))
    .map(({ a, b, isLevel5 }) => ({
      ...{ a, b, latent: null, pairId: "", isPinned: false, isProven: isLevel5, weight: 1 },
    }));
  return {
    exemplars: pickExemplars(candidates, SHOWN, seed),
    drawnWell: rated.filter(wasFine).slice(-SHOWN),
    rejected: rejected.slice(-SHOWN).map(({ a, b }) => ({ a, b, reason: "off_pattern" })),
  };
}

function settle({ twins }: Table, pair: PairWords): Settled {
  const twin = twins.find(pair);
  if (twin) return { ...pair, key: pairKey(twin.pair.a, twin.pair.b), isNew: false };
  twins.add(pair);
  return { ...pair, key: pairKey(pair.a, pair.b), isNew: true };
}
