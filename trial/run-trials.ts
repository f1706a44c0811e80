import { readWorld } from "@/gpu-bridge/local/read-world";
import { hash32 } from "@/server/mining/domain/random";
import { coOccurrence, noisyKnowledge } from "./llm/knowledge";
import { scriptedLlm } from "./llm/scripted-llm";
import { playLoop, type Setting } from "./loop/play-loop";
import { playRandom } from "./loop/play-random";
import { discoveryCurve, oracleCurve } from "./report/discovery";
import type { Strategy, Trials } from "./report/trials";
import type { RatedPair } from "./types";
import { peopleOf } from "./world/people";
import { isTrueLevel5, universeOf } from "./world/universe";

/** Of the universe, how much may be rated. */
const BUDGET_SHARE = 0.3;

type Changes = Pick<Setting, "allocation" | "hasFeedback">;

/** Each control differs from the loop in one thing. */
const CHANGES: Record<Exclude<Strategy, "random">, Changes> = {
  loop: { allocation: "thompson", hasFeedback: true },
  roundRobin: { allocation: "inTurn", hasFeedback: true },
  noFeedback: { allocation: "thompson", hasFeedback: false },
};

/** Plays each seed by all strategies with the same images, raters and LLM; this file alone brings world and loop together. */
export function runTrials(
  { firstSeed, seeds }: { firstSeed: number; seeds: number },
  onSeed: (done: number) => void = () => undefined,
): Trials {
  const world = readWorld();
  const universe = universeOf(world);
  const truth = new Set(universe.filter((pair) => isTrueLevel5(world, pair)).map(({ key }) => key));
  const budget = Math.floor(BUDGET_SHARE * universe.length);
  const table = coOccurrence();
  const trials = Array.from({ length: seeds }, (_, at) => {
    const seed = firstSeed + at;
    const people = peopleOf(world, universe, seed);
    const of = (use: string) => hash32(`${use} ${seed}`);
    const run = (rated: RatedPair[]) => ({ rated, curve: discoveryCurve(rated, truth, budget) });
    const play = (changes: Changes) => {
      const llm = scriptedLlm(noisyKnowledge(table, of("knowledge")), of("llm"));
      return run(playLoop({ llm, people, budget, seed: of("loop"), ...changes }));
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
