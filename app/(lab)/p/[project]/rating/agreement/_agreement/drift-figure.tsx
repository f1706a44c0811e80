"use client";

import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import type { Estimate } from "@/server/agreement/domain/estimate";
import { GRID, LINE, TICK } from "../../../plots/_plots/axes";
import { Figure } from "../../../plots/_plots/figure";
import type { Figures } from "./agreement-view";
import { alphaAxis, sayAlpha } from "./alpha-axis";
import { estimateWords, valueCell, valueWords } from "./figure-words";

const HEIGHT = 280;

type Block = Figures["drift"]["blocks"][number];
type Props = { name: string; blocks: readonly Block[]; note: string };

/** Whether agreement wears off: alpha with its interval, and the raw share, block by block. */
export function DriftFigure({ name, blocks, note }: Props) {
  const points = blocks.map(({ alpha, ac1, raw }, index) => ({
    block: index + 1,
    alpha: numberOf(alpha),
    ac1: numberOf(ac1),
    raw: numberOf(raw),
    error:
      alpha.interval && typeof alpha.value === "number"
        ? [
            Math.max(0, alpha.value - alpha.interval.low),
            Math.max(0, alpha.interval.high - alpha.value),
          ]
        : [0, 0],
  }));
  const lowest = Math.min(
    0,
    ...points.flatMap(({ alpha, ac1, error }) => [(alpha ?? 0) - (error[0] ?? 0), ac1 ?? 0]),
  );
  const silent = points.filter(({ alpha }) => alpha === null).map(({ block }) => block);
  return (
    <Figure
      title="Agreement over time"
      words={`Alpha with 95 % interval, AC1 and share of the same verdict, block by block. ${blocks.map(wordsOf).join("; ")}`}
      name={name}
      head={[
        "block",
        "from",
        "to",
        "grids",
        "images",
        "alpha",
        "low_95",
        "high_95",
        "ac1",
        "same_verdict",
      ]}
      rows={blocks.map((block, index) => [
        index + 1,
        dayOf(block.from),
        dayOf(block.to),
        block.grids,
        block.images,
        valueCell(block.alpha.value),
        block.alpha.interval?.low ?? null,
        block.alpha.interval?.high ?? null,
        valueCell(block.ac1.value),
        valueCell(block.raw.value),
      ])}
      note={`Filled: alpha; hollow: AC1; grey: the same verdict. ${note}${sayGaps(silent)}`}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart data={points} margin={{ top: 6, right: 16, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis
            type="number"
            dataKey="block"
            domain={[0.5, blocks.length + 0.5]}
            ticks={points.map(({ block }) => block)}
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
          />
          <YAxis
            {...alphaAxis([lowest])}
            tickFormatter={sayAlpha}
            width={48}
            tick={TICK}
            axisLine={false}
            tickLine={false}
          />
          <ReferenceLine y={0.667} stroke="var(--line-control)" strokeDasharray="5 4" />
          <ReferenceLine y={0.8} stroke="var(--line-control)" strokeDasharray="5 4" />
          <Line
            dataKey="raw"
            stroke="var(--line-control)"
            strokeWidth={1.25}
            dot={{ r: 2.5, strokeWidth: 0, fill: "var(--line-control)" }}
            isAnimationActive={false}
          />
          <Line
            dataKey="ac1"
            stroke="var(--ink-2)"
            strokeWidth={1.25}
            strokeDasharray="2 3"
            dot={{ r: 3, strokeDasharray: "0", fill: "var(--surface)" }}
            isAnimationActive={false}
          />
          <Line
            dataKey="alpha"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={{ r: 3, strokeWidth: 0, fill: "var(--accent)" }}
            isAnimationActive={false}
          >
            <ErrorBar
              dataKey="error"
              direction="y"
              width={4}
              strokeWidth={1}
              stroke="var(--accent)"
              isAnimationActive={false}
            />
          </Line>
        </LineChart>
      </ResponsiveContainer>
    </Figure>
  );
}

const dayOf = (at: string) => at.slice(0, 10);

const numberOf = ({ value }: Estimate) => (typeof value === "number" ? value : null);

const sayGaps = (blocks: readonly number[]) =>
  blocks.length === 0
    ? ""
    : ` Alpha is undefined (no variation) in block${blocks.length === 1 ? "" : "s"} ${blocks.join(", ")}.`;

const wordsOf = ({ alpha, ac1, raw }: Block, index: number) =>
  `block ${index + 1}: alpha ${estimateWords(alpha)}, AC1 ${valueWords(ac1.value)}, same verdict ${valueWords(raw.value)}`;
