"use client";

import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from "recharts";
import { GRID, LINE, TICK } from "./axes";

/** A value with its interval, or in words why there is none. */
export type PlottedValue = { value: number; low: number; high: number } | string;
/** One value a series. */
export type PlotRow = { name: string; values: readonly PlottedValue[] };

type IntervalPlotProps = {
  rows: readonly PlotRow[];
  domain: [number, number];
  ticks?: number[];
  sayTick?: (value: number) => string;
  /** Where the reading of a value changes. */
  marks?: readonly number[];
};

// Further ones are in the table and the file.
export const DRAWN = 20;
const ROW = 26;
const AXIS = 44;
const LONGEST = 34;
const APART = 0.34;

/** The first is filled; those after it are hollow, in the order of their rows' values. */
const LOOKS = [
  { fill: "var(--accent)", stroke: "var(--accent)" },
  { fill: "var(--surface)", stroke: "var(--ink-2)" },
] as const;

/** A row for each of several groups: its values with their whiskers, side by side. */
export function IntervalPlot({ rows, domain, ticks, sayTick, marks = [] }: IntervalPlotProps) {
  const drawn = rows.slice(0, DRAWN);
  const series = Math.max(1, ...drawn.map(({ values }) => values.length));
  return (
    <ResponsiveContainer
      width="100%"
      height={Math.max(1, drawn.length) * (ROW + 8 * (series - 1)) + AXIS}
    >
      <ScatterChart margin={{ top: 6, right: 16, bottom: 0, left: 0 }}>
        <CartesianGrid {...GRID} horizontal={false} />
        <XAxis
          type="number"
          dataKey="value"
          domain={domain}
          ticks={ticks}
          tickFormatter={sayTick}
          tick={TICK}
          axisLine={LINE}
          tickLine={false}
        />
        <YAxis
          type="number"
          dataKey="place"
          domain={[-0.5, Math.max(1, drawn.length) - 0.5]}
          ticks={drawn.map((_, place) => place)}
          tickFormatter={(place: number) => shortened(drawn[place]?.name ?? "")}
          width={220}
          reversed
          tick={TICK}
          axisLine={LINE}
          tickLine={false}
          interval={0}
        />
        {marks.map((mark) => (
          <ReferenceLine key={mark} x={mark} stroke="var(--line-control)" strokeDasharray="5 4" />
        ))}
        {LOOKS.slice(0, series).map((look, index) => (
          <Scatter
            key={look.fill}
            data={pointsOf(drawn, index, series)}
            isAnimationActive={false}
            {...look}
          >
            <ErrorBar
              dataKey="error"
              direction="x"
              width={4}
              strokeWidth={1.5}
              stroke={look.stroke}
              isAnimationActive={false}
            />
          </Scatter>
        ))}
        <Scatter
          data={silentOf(drawn, series, domain[0])}
          shape={SilentWords}
          isAnimationActive={false}
        />
      </ScatterChart>
    </ResponsiveContainer>
  );
}

const shortened = (name: string) =>
  name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;

const placeOf = (row: number, index: number, series: number) =>
  row + (series === 1 ? 0 : (index - (series - 1) / 2) * APART);

const pointsOf = (rows: readonly PlotRow[], index: number, series: number) =>
  rows.flatMap(({ values }, row) => {
    const found = values[index];
    if (found === undefined || typeof found === "string") return [];
    const { value, low, high } = found;
    const error = [Math.max(0, value - low), Math.max(0, high - value)];
    return [{ place: placeOf(row, index, series), value, error }];
  });

/** Said once where all of a row's values have no number for the same reason. */
const silentOf = (rows: readonly PlotRow[], series: number, value: number) =>
  rows.flatMap(({ values }, row) => {
    const words = values.map((one) => (typeof one === "string" ? one : null));
    const isSame = words.every((one) => one !== null && one === words[0]);
    if (isSame) return [{ place: row, value, words: words[0] }];
    return words.flatMap((one, index) =>
      one === null ? [] : [{ place: placeOf(row, index, series), value, words: one }],
    );
  });

type SilentProps = { cx?: number; cy?: number; payload?: { words?: string } };

const SilentWords = ({ cx = 0, cy = 0, payload }: SilentProps) => (
  <text x={cx + 6} y={cy} dy="0.35em" fill="var(--ink-2)" fontSize={11}>
    {payload?.words}
  </text>
);
