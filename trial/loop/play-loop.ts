import { type Arm, allocate } from "@/server/mining/domain/allocation/allocate";
import type { PairWords } from "@/server/mining/domain/compare-pairs";
import type { LexiconFamily } from "@/server/mining/domain/offline/lexicon";
import { seededDraws } from "@/server/mining/domain/random";
import { createTwinIndex } from "@/server/mining/domain/twin-index";
import type { People, RatedPair, ScriptedLlm } from "../types";
import { playBatch, ratePair, type Table } from "./play-batch";
import { firstPatterns, pressButtons } from "./researcher";
import type { TrialPattern } from "./trial-pattern";

const BATCH = 10;
const SEED_PAIRS = 6;
const MINUTES_PER_IMAGE = 3 / 60;
/** Every pattern dry and no merge left, or a proposer that only repeats itself. */
const MOST_BATCHES = 2000;

export type Setting = {
  llm: ScriptedLlm;
  people: People;
  families: readonly LexiconFamily[];
  budget: number;
  seed: number;
  /** Thompson draws over patterns, or each pattern in its turn. */
  allocation: "thompson" | "inTurn";
  hasFeedback: boolean;
};

/** Phases 1 to 4 without a person, by the product's own rules; answers the rated pairs in their order. */
export function playLoop({ families, budget, seed, allocation, ...setting }: Setting): RatedPair[] {
  const draw = seededDraws(seed);
  const twins = createTwinIndex<PairWords>();
  const table: Table = { ...setting, budget, twins, rated: [] };
  const patterns = firstPatterns(families);
  for (const pattern of patterns) plantSeeds(table, pattern, draw);
  for (let batch = 1; batch < MOST_BATCHES && table.rated.length < budget; batch += 1) {
    patterns.push(...pressButtons(families, patterns, batch));
    const next = chooseNext(patterns, allocation, budget, draw);
    if (!next) break;
    playBatch(table, next.pattern, next.pairs, false);
    if (next.pattern.saturation.isDry && !next.pattern.saturation.isConfirmed)
      playBatch(table, next.pattern, BATCH, true);
  }
  return table.rated;
}

/** People's own pairs of phase 1: any untypical ones. */
function plantSeeds(table: Table, pattern: TrialPattern, draw: () => number): void {
  const { contents, hosts } = pattern.families;
  while (pattern.rated.length < SEED_PAIRS && table.rated.length < table.budget) {
    const a = contents.a[Math.floor(draw() * contents.a.length)];
    const b = hosts.b[Math.floor(draw() * hosts.b.length)];
    const pair = { a: a?.name ?? "", b: b?.name ?? "" };
    if (!table.people.approve(pair) || table.twins.find(pair)) continue;
    table.twins.add(pair);
    ratePair(table, pattern, pair);
  }
}

type Next = { pattern: TrialPattern; pairs: number };

function chooseNext(
  patterns: readonly TrialPattern[],
  allocation: Setting["allocation"],
  budget: number,
  draw: () => number,
): Next | null {
  const open = patterns.filter(({ saturation }) => !saturation.isConfirmed);
  if (allocation === "inTurn") {
    const [pattern] = open.toSorted((x, y) => x.batches - y.batches);
    return pattern ? { pattern, pairs: BATCH } : null;
  }
  const plan = { batches: 1, batchSize: BATCH, budget };
  const [allotted] = allocate(patterns.map(armOf), plan, draw);
  const pattern = open.find(({ name }) => name === allotted?.patternId);
  return pattern && allotted ? { pattern, pairs: allotted.pairs } : null;
}

const armOf = ({ name, rated, saturation }: TrialPattern): Arm => ({
  patternId: name,
  strategy: "direct",
  rated: rated.length,
  found: rated.filter(({ isLevel5 }) => isLevel5).length,
  minutes: rated.reduce((sum, { images }) => sum + images * MINUTES_PER_IMAGE, 0),
  underWay: 0,
  isOpen: !saturation.isConfirmed,
});
