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
import type { Estimate } from "@/server/agreement/domain/estimate";
import { many } from "../../../_board/board-words";
import { GRID, LINE, TICK } from "../../../plots/_plots/axes";
import { Figure } from "../../../plots/_plots/figure";
import { estimateWords, valueCell } from "./figure-words";

const ROW = 26;
const AXIS = 44;
// Further ones are in the table and the file.
const DRAWN = 20;
const LONGEST = 34;

export type EstimateRow = { name: string; estimate: Estimate; raw: Estimate; images: number };
export type EstimatesFigureProps = {
  title: string;
  /** "Krippendorff's alpha on verdicts" */
  what: string;
  /** Of the files. */
  name: string;
  of: string;
  rows: readonly EstimateRow[];
  note?: string;
};

/** One chance-corrected figure for each of several groups, with its interval; dashed where reading changes. */
export function EstimatesFigure({ title, what, name, of, rows, note }: EstimatesFigureProps) {
  const drawn = rows.slice(0, DRAWN).flatMap(pointOf);
  const nameAt = new Map(drawn.map(({ place, name: shown }) => [place, shown]));
  const lowest = Math.min(0, ...drawn.map(({ value, error: [below] }) => value - below));
  const silent = rows.filter(({ estimate }) => typeof estimate.value !== "number");
  return (
    <Figure
      title={title}
      words={`${what} with 95 % interval. ${rows.slice(0, DRAWN).map(wordsOf).join("; ")}`}
      name={name}
      head={[of, "value", "low_95", "high_95", "same_verdict", "images", "undefined_resamples"]}
      rows={rows.map(({ name: row, estimate: { value, interval }, raw, images }) => [
        row,
        valueCell(value),
        interval?.low ?? null,
        interval?.high ?? null,
        valueCell(raw.value),
        images,
        interval?.undefinedDraws ?? null,
      ])}
      note={
        <>
          {what}; dashed at .667 and .8, no interval where there is one pair only. {note}
          {silent.length > 0
            ? ` Undefined for ${many(silent.length, of)}: all verdicts are the same, or nothing was judged twice.`
            : ""}
          {rows.length > DRAWN ? ` The first ${DRAWN} are drawn.` : ""}
        </>
      }
    >
      <ResponsiveContainer width="100%" height={Math.max(1, drawn.length) * ROW + AXIS}>
        <ScatterChart margin={{ top: 6, right: 16, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} horizontal={false} />
          <XAxis
            type="number"
            dataKey="value"
            domain={[Math.floor(lowest * 4) / 4, 1]}
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
          />
          <YAxis
            type="category"
            dataKey="place"
            tickFormatter={(place: number) => nameAt.get(place) ?? ""}
            width={220}
            reversed
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
            allowDuplicatedCategory={false}
            interval={0}
          />
          <ReferenceLine x={0.667} stroke="var(--line-control)" strokeDasharray="5 4" />
          <ReferenceLine x={0.8} stroke="var(--line-control)" strokeDasharray="5 4" />
          <Scatter data={drawn} fill="var(--accent)" isAnimationActive={false}>
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

/** By its place among the rows: shortened names may be the same. */
function pointOf({ name, estimate: { value, interval } }: EstimateRow, place: number) {
  if (typeof value !== "number") return [];
  const error = interval
    ? ([Math.max(0, value - interval.low), Math.max(0, interval.high - value)] as const)
    : ([0, 0] as const);
  const shown = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
  return [{ place, name: shown, value, error }];
}

const wordsOf = ({ name, estimate, images }: EstimateRow) =>
  `${name}: ${estimateWords(estimate)}, ${many(images, "image")}`;
