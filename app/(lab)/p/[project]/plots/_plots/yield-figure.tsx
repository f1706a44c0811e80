"use client";

import {
  CartesianGrid,
  ErrorBar,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from "recharts";
import type { PatternYield } from "@/server/project/plots/read-yields";
import { many, percent } from "../../_board/board-words";
import { GRID, inPercent, LINE, SHARES, TICK } from "./axes";
import { Figure } from "./figure";

const ROW = 26;
const AXIS = 44;
// Further ones are in the table and the file.
const DRAWN = 20;

export type YieldFigureProps = { project: string; yields: readonly PatternYield[]; judge: string };

/** Share at Level 5 of each pattern with its 95 % interval, the surest on top. */
export function YieldFigure({ project, yields, judge }: YieldFigureProps) {
  const points = yields.slice(0, DRAWN).map((one) => ({
    pattern: shortened(one.pattern),
    share: one.share,
    error: [one.share - one.low, one.high - one.share],
  }));
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
      <ResponsiveContainer width="100%" height={points.length * ROW + AXIS}>
        <ScatterChart margin={{ top: 6, right: 16, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} horizontal={false} />
          <XAxis
            type="number"
            dataKey="share"
            domain={[0, 1]}
            ticks={SHARES}
            tickFormatter={inPercent}
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
          />
          <YAxis
            type="category"
            dataKey="pattern"
            width={220}
            reversed
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
            allowDuplicatedCategory={false}
            interval={0}
          />
          <Scatter data={points} fill="var(--accent)" isAnimationActive={false}>
            <ErrorBar
              dataKey="error"
              direction="x"
              width={4}
              strokeWidth={1.5}
              stroke="var(--accent)"
              isAnimationActive={false}
            />
          </Scatter>
        </ScatterChart>
      </ResponsiveContainer>
    </Figure>
  );
}

const LONGEST = 34;
const shortened = (name: string) =>
  name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;

const wordsOf = ({ pattern, share, low, high, count, total }: PatternYield) =>
  `${pattern}: ${percent(share)}, ${count} of ${total}, between ${percent(low)} and ${percent(high)}`;
