import { areaUnder } from "./discovery";
import { pairedRatio, type Ratio } from "./ratio";
import type { Strategy, Trials } from "./trials";

export type PhaseYield = { rated: number; level5: number; share: number };
export type Summary = {
  /** Of the loop, as means over the seeds. */
  phases: Record<string, PhaseYield>;
  auc: Record<Strategy, number>;
  aucRatioToRandom: Ratio;
  aucRatioToRoundRobin: Ratio;
  aucRatioToNoFeedback: Ratio;
};

export function summaryOf({ trials }: Trials): Summary {
  const areas = (strategy: Strategy) => trials.map(({ runs }) => areaUnder(runs[strategy].curve));
  const loop = areas("loop");
  return {
    phases: phasesOf({ trials }),
    auc: {
      loop: mean(loop),
      random: mean(areas("random")),
      roundRobin: mean(areas("roundRobin")),
      noFeedback: mean(areas("noFeedback")),
    },
    aucRatioToRandom: pairedRatio(loop, areas("random")),
    aucRatioToRoundRobin: pairedRatio(loop, areas("roundRobin")),
    aucRatioToNoFeedback: pairedRatio(loop, areas("noFeedback")),
  };
}

function phasesOf({ trials }: Pick<Trials, "trials">): Record<string, PhaseYield> {
  const all = trials.flatMap(({ runs }) => runs.loop.rated);
  return Object.fromEntries(
    [1, 2, 3, 4].map((phase) => {
      const rated = all.filter((pair) => pair.phase === phase);
      const level5 = rated.filter(({ isLevel5 }) => isLevel5).length;
      const share = rated.length === 0 ? 0 : level5 / rated.length;
      const figures = { rated: rated.length / trials.length, level5: level5 / trials.length };
      return [String(phase), { ...figures, share }];
    }),
  );
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
