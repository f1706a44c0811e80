"use client";

import type { PatternYield } from "@/server/project/plots/read-yields";
import { many, percent } from "../../_board/board-words";
import { inPercent, SHARES } from "./axes";
import { Figure } from "./figure";
import { DRAWN, IntervalPlot } from "./interval-plot";

export type YieldFigureProps = { project: string; yields: readonly PatternYield[]; judge: string };

/** Share at Level 5 of each pattern with its 95 % interval, the surest on top. */
export function YieldFigure({ project, yields, judge }: YieldFigureProps) {
  return (
    <Figure
      title="Yield per pattern"
      words={`Share at Level 5 with 95 % interval. ${yields.slice(0, DRAWN).map(wordsOf).join("; ")}`}
      name={`${project}-yield-${judge}`}
      head={[
        "pattern",
        "level_5",
        "rated",
        "share",
        "low_95",
        "high_95",
        "trivial_level_5",
        "judge",
      ]}
      rows={yields.map((one) => [
        one.pattern,
        one.count,
        one.total,
        one.share,
        one.low,
        one.high,
        one.trivial,
        judge,
      ])}
      note={
        yields.length > DRAWN
          ? `The ${DRAWN} surest of ${many(yields.length, "pattern")}; Wilson intervals of 95 %.`
          : "Wilson intervals of 95 %. Trivial Level 5 is counted apart."
      }
    >
      <IntervalPlot
        rows={yields.map(({ pattern, share, low, high }) => ({
          name: pattern,
          values: [{ value: share, low, high }],
        }))}
        domain={[0, 1]}
        ticks={SHARES}
        sayTick={inPercent}
      />
    </Figure>
  );
}

const wordsOf = ({ pattern, share, low, high, count, total }: PatternYield) =>
  `${pattern}: ${percent(share)}, ${count} of ${total}, between ${percent(low)} and ${percent(high)}`;
