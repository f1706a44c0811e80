"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import type { LevelShare } from "@/server/project/plots/read-levels";
import { many } from "../../_board/board-words";
import { GRID, LINE, TICK } from "./axes";
import { Figure } from "./figure";

const HEIGHT = 280;

export type LevelsFigureProps = { project: string; levels: readonly LevelShare[]; judge: string };

/** How many pairs have each Level; screened pairs that are not at Level 5 stand apart. */
export function LevelsFigure({ project, levels, judge }: LevelsFigureProps) {
  const shown = levels.filter(({ level, pairs }) => level > 0 || pairs > 0);
  return (
    <Figure
      title="Levels"
      words={`Pairs per Level. ${shown.map(({ level, pairs }) => `${nameOf(level)}: ${pairs}`).join("; ")}`}
      name={`${project}-levels-${judge}`}
      head={["level", "pairs", "judge"]}
      rows={levels.map(({ level, pairs }) => [level === 0 ? "at most 4" : level, pairs, judge])}
      note={
        shown.some(({ level }) => level === 0)
          ? "“≤ 4”: screened, rating stopped at the first correct image."
          : `1 is drawn well, 5 is never drawn right. ${many(sum(levels), "pair")}.`
      }
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart
          data={shown.map((one) => ({ ...one, name: tickOf(one.level) }))}
          margin={{ top: 18, right: 16, bottom: 0, left: 0 }}
        >
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis
            dataKey="name"
            tick={{ ...TICK, fill: "var(--ink)", fontSize: 13, fontWeight: 600 }}
            axisLine={LINE}
            tickLine={false}
          />
          <YAxis allowDecimals={false} width={48} tick={TICK} axisLine={false} tickLine={false} />
          <Bar dataKey="pairs" maxBarSize={56} isAnimationActive={false}>
            {shown.map(({ level }) => (
              <Cell key={level} {...lookOf(level)} />
            ))}
            <LabelList dataKey="pairs" position="top" fill="var(--ink-2)" fontSize={12} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </Figure>
  );
}

const sum = (levels: readonly LevelShare[]) =>
  levels.reduce((total, { pairs }) => total + pairs, 0);
const nameOf = (level: number) => (level === 0 ? "at most 4" : `Level ${level}`);
const tickOf = (level: number) => (level === 0 ? "≤ 4" : String(level));

const lookOf = (level: number) =>
  level === 0
    ? { fill: "var(--surface-hover)", stroke: "var(--line-control)", strokeDasharray: "3 3" }
    : { fill: `var(--level-${level})`, stroke: `var(--level-${level}-edge)` };
