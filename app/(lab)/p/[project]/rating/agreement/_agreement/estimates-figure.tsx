"use client";

import type { Estimate } from "@/server/agreement/domain/estimate";
import { many } from "../../../_board/board-words";
import { Figure } from "../../../plots/_plots/figure";
import { DRAWN, IntervalPlot, type PlottedValue } from "../../../plots/_plots/interval-plot";
import { alphaAxis, sayAlpha } from "./alpha-axis";
import { estimateWords, valueCell, valueWords } from "./figure-words";

export type EstimateRow = {
  name: string;
  /** The one that the title names. */
  estimate: Estimate;
  ac1: Estimate;
  raw: Estimate;
  images: number;
};
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

const MARKS = [0.667, 0.8];

/** A chance-corrected figure for each of several groups and Gwet's AC1 beside it, both with their intervals. */
export function EstimatesFigure({ title, what, name, of, rows, note }: EstimatesFigureProps) {
  const lows = rows
    .slice(0, DRAWN)
    .flatMap(({ estimate, ac1 }) => [estimate, ac1])
    .flatMap(({ value, interval }) => (typeof value === "number" ? [interval?.low ?? value] : []));
  return (
    <Figure
      title={title}
      words={`${what} and Gwet’s AC1 with 95 % intervals. ${rows.slice(0, DRAWN).map(wordsOf).join("; ")}`}
      name={name}
      head={[
        of,
        "value",
        "low_95",
        "high_95",
        "same_verdict",
        "images",
        "undefined_resamples",
        "ac1",
        "ac1_low_95",
        "ac1_high_95",
      ]}
      rows={rows.map(({ name: row, estimate, ac1, raw, images }) => [
        row,
        ...cellsOf(estimate),
        valueCell(raw.value),
        images,
        estimate.interval?.undefinedDraws ?? null,
        ...cellsOf(ac1),
      ])}
      note={
        <>
          Filled: {what}; hollow: Gwet’s AC1. Dashed at .667 and .8, no interval where there is one
          pair only. {note}
          {rows.length > DRAWN ? ` The first ${DRAWN} are drawn.` : ""}
        </>
      }
    >
      <IntervalPlot
        rows={rows.map(({ name: row, estimate, ac1 }) => ({
          name: row,
          values: [plotted(estimate), plotted(ac1)],
        }))}
        {...alphaAxis(lows)}
        sayTick={sayAlpha}
        marks={MARKS}
      />
    </Figure>
  );
}

const plotted = ({ value, interval }: Estimate): PlottedValue =>
  typeof value === "number"
    ? { value, low: interval?.low ?? value, high: interval?.high ?? value }
    : valueWords(value);

const cellsOf = ({ value, interval }: Estimate) =>
  [valueCell(value), interval?.low ?? null, interval?.high ?? null] as const;

const wordsOf = ({ name, estimate, ac1, images }: EstimateRow) =>
  `${name}: ${estimateWords(estimate)}, AC1 ${estimateWords(ac1)}, ${many(images, "image")}`;
