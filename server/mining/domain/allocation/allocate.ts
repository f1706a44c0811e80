import type { ProposalStrategy } from "@/db/enums";
import { type ArmCounts, type Beta, posteriorOf, priorOf } from "./beta-prior";
import { drawBeta } from "./draw-beta";
import { minutesPerPair } from "./minutes-per-pair";

/** Every pattern gets this many rated pairs before draws decide. */
export const PATTERN_FLOOR = 10;
const CAP_SHARE = 0.3;
const CAP_OF_EVEN_SHARE = 1.5;

/** A way to get pairs: one approved pattern asked by one strategy. */
export type Arm = ArmCounts & {
  patternId: string;
  strategy: ProposalStrategy;
  /** Rater minutes that its rated pairs took. */
  minutes: number;
  /** Asked for or accepted, and without a Level yet. */
  underWay: number;
  /** Dry, retired or in a paused phase: it takes nothing, and what it found still tells of the others. */
  isOpen: boolean;
};
export type Plan = {
  batches: number;
  batchSize: number;
  /** All pairs that may be rated: those that are, those under way and those still to come. */
  budget: number;
  /** Pairs of a pattern, rated or under way, that belong to no arm: typed or imported. */
  typed?: Readonly<Record<string, number>>;
};
export type Allotment = {
  patternId: string;
  strategy: ProposalStrategy;
  pairs: number;
  /** The Level 5 finds per rater minute that were drawn for it; null where the floor chose. */
  draw: number | null;
};

/** No arm takes more than 30 % of the budget, or half as much again as its even share where that is more. */
export const capOf = (arms: number, budget: number): number =>
  Math.max(CAP_SHARE, CAP_OF_EVEN_SHARE / arms) * budget;

/**
 * Spreads batches over arms: first those whose pattern has too few pairs to judge, then the best of one Thompson
 * draw each. Equal draws give equal plans.
 */
export function allocate(arms: readonly Arm[], plan: Plan, draw: () => number): Allotment[] {
  const prior = priorOf(arms);
  const allotted: Allotment[] = [];
  const open = arms.filter(({ isOpen }) => isOpen);
  const pairsOf = (arm: Arm) =>
    arm.rated + arm.underWay + sum(allotted.filter((one) => isArm(one, arm)));
  const patternPairs = (patternId: string) =>
    (plan.typed?.[patternId] ?? 0) +
    arms.filter((arm) => arm.patternId === patternId).reduce((all, arm) => all + pairsOf(arm), 0);
  while (allotted.length < plan.batches) {
    const starved = open.filter((arm) => patternPairs(arm.patternId) < PATTERN_FLOOR);
    const below = open.filter((arm) => pairsOf(arm) < capOf(open.length, plan.budget));
    const next = starved.length > 0 ? fewest(starved, pairsOf) : best(below, arms, prior, draw);
    if (!next) break;
    allotted.push({
      patternId: next.arm.patternId,
      strategy: next.arm.strategy,
      pairs: starved.length > 0 ? Math.min(PATTERN_FLOOR, plan.batchSize) : plan.batchSize,
      draw: next.draw,
    });
  }
  return allotted;
}

type Choice = { arm: Arm; draw: number | null };

function fewest(arms: readonly Arm[], pairsOf: (arm: Arm) => number): Choice | null {
  const arm = arms.toSorted((x, y) => pairsOf(x) - pairsOf(y))[0];
  return arm ? { arm, draw: null } : null;
}

function best(
  candidates: readonly Arm[],
  arms: readonly Arm[],
  prior: Beta,
  draw: () => number,
): Choice | null {
  const drawn = candidates.map((arm) => {
    const { a, b } = posteriorOf(prior, arm);
    return { arm, draw: drawBeta(draw, a, b) / minutesPerPair(arm, arms) };
  });
  return drawn.toSorted((x, y) => y.draw - x.draw)[0] ?? null;
}

const isArm = (one: Pick<Arm, "patternId" | "strategy">, arm: Arm) =>
  one.patternId === arm.patternId && one.strategy === arm.strategy;

const sum = (allotted: readonly Allotment[]) =>
  allotted.reduce((total, { pairs }) => total + pairs, 0);
