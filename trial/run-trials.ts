import { hash32 } from "@/server/mining/domain/random";
import { noisyKnowledge } from "./llm/knowledge";
import { scriptedLlm } from "./llm/scripted-llm";
import { playLoop, type Setting } from "./loop/play-loop";
import { playRandom } from "./loop/play-random";
import { discoveryCurve, oracleCurve } from "./report/discovery";
import type { Strategy, Trials } from "./report/trials";
import type { RatedPair, TrialWorld } from "./types";

/** Of the universe, how much may be rated. */
const BUDGET_SHARE = 0.3;

type Changes = Pick<Setting, "allocation" | "hasFeedback">;

/** Each control differs from the loop in one thing. */
const CHANGES: Record<Exclude<Strategy, "random">, Changes> = {
  loop: { allocation: "thompson", hasFeedback: true },
  roundRobin: { allocation: "inTurn", hasFeedback: true },
  noFeedback: { allocation: "thompson", hasFeedback: false },
};

/** Plays each seed by all strategies with the same images, raters and LLM; what of the world each may see is decided here. */
export function runTrials(
  { universe, truth, families, coOccurrence, peopleOf }: TrialWorld,
  { firstSeed, seeds }: { firstSeed: number; seeds: number },
  onSeed: (done: number) => void = () => undefined,
): Trials {
  const budget = Math.floor(BUDGET_SHARE * universe.length);
  const trials = Array.from({ length: seeds }, (_, at) => {
    const seed = firstSeed + at;
    const people = peopleOf(seed);
    const of = (use: string) => hash32(`${use} ${seed}`);
    const run = (rated: RatedPair[]) => ({ rated, curve: discoveryCurve(rated, truth, budget) });
    const play = (changes: Changes) => {
      const llm = scriptedLlm(noisyKnowledge(coOccurrence, of("knowledge")), of("llm"));
      return run(playLoop({ llm, people, families, budget, seed: of("loop"), ...changes }));
    };
    const runs = {
      loop: play(CHANGES.loop),
      random: run(playRandom(universe, { people, budget, seed: of("random") })),
      roundRobin: play(CHANGES.roundRobin),
      noFeedback: play(CHANGES.noFeedback),
    };
    onSeed(at + 1);
    return { seed, runs };
  });
  const oracle = oracleCurve(truth.size, budget);
  return { universe: universe.length, truths: truth.size, budget, oracle, trials };
}
