"use client";

import type { Metrics } from "@/server/metrics/show-metrics";
import { Figure } from "../../plots/_plots/figure";
import type { Point, Shown } from "./outliers";
import { measureWords } from "./words";

const WIDTH = 600;
const HEIGHT = 380;
const PAD = { left: 40, right: 14, top: 10, bottom: 38 };
const COUNTS = [0, 5, 10, 15, 20];
const MOST = 20;

type Props = {
  project: string;
  shown: Shown;
  points: readonly Point[];
  chosenId: string | undefined;
  onChoose: (gridId: string) => void;
};

/** Mean score of a grid to the right, its count of correct images upwards; hollow where the score steered what was drawn. */
export function ScatterFigure({ project, shown, points, chosenId, onChoose }: Props) {
  const scores = points.map(({ score }) => score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const x = (score: number) =>
    high === low
      ? (PAD.left + WIDTH - PAD.right) / 2
      : PAD.left + 8 + ((score - low) / (high - low)) * (WIDTH - PAD.left - PAD.right - 16);
  const chosen = points.find(({ gridId }) => gridId === chosenId);
  const isSteered = points.some(({ steered }) => steered);
  return (
    <Figure
      title="Score and count, grid by grid"
      words={wordsOf(shown, points)}
      name={`${project}-${shown.scorer.name}-${shown.by}`}
      head={["pair", "generator", "mean_score", "correct_of_20", "steered"]}
      rows={points.map((one) => [one.pair, one.generator, one.score, one.correct, one.steered])}
      note={
        <>
          One point a grid of 20 images
          {shown.allPoints > points.length
            ? `; the newest ${points.length} of ${shown.allPoints} are drawn`
            : ""}
          .
          {isSteered
            ? " Hollow: this score steered what was drawn, or its model was trained to please it."
            : ""}
        </>
      }
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full" aria-hidden>
        <Axes low={low} high={high} x={x} label={measureWords(shown)} />
        {points.map((one) => (
          <circle
            key={one.gridId}
            cx={x(one.score)}
            cy={y(one.correct)}
            r={5}
            fill={one.steered ? "var(--surface)" : "var(--accent)"}
            fillOpacity={one.steered ? 1 : 0.55}
            stroke={one.steered ? "var(--warn)" : "var(--accent)"}
            onPointerEnter={() => onChoose(one.gridId)}
          />
        ))}
        {chosen ? (
          <circle
            cx={x(chosen.score)}
            cy={y(chosen.correct)}
            r={9}
            fill="none"
            stroke="var(--ink)"
            strokeWidth={2}
            pointerEvents="none"
          />
        ) : null}
      </svg>
    </Figure>
  );
}

const y = (count: number) =>
  HEIGHT - PAD.bottom - 8 - (count / MOST) * (HEIGHT - PAD.top - PAD.bottom - 16);

type AxesProps = { low: number; high: number; x: (score: number) => number; label: string };

function Axes({ low, high, x, label }: AxesProps) {
  const ticks = high === low ? [low] : [low, (low + high) / 2, high];
  return (
    <g fontSize={11} fill="var(--ink-3)">
      {COUNTS.map((count) => (
        <g key={count}>
          <line
            x1={PAD.left}
            x2={WIDTH - PAD.right}
            y1={y(count)}
            y2={y(count)}
            stroke="var(--line)"
          />
          <text x={PAD.left - 8} y={y(count) + 4} textAnchor="end">
            {count}
          </text>
        </g>
      ))}
      {ticks.map((tick, at) => (
        <text
          key={tick}
          x={x(tick)}
          y={HEIGHT - 22}
          textAnchor={ticks.length === 1 || at === 1 ? "middle" : at === 0 ? "start" : "end"}
        >
          {tick.toFixed(3)}
        </text>
      ))}
      <text x={(PAD.left + WIDTH - PAD.right) / 2} y={HEIGHT - 4} textAnchor="middle">
        {label}, mean of the grid
      </text>
      <text
        x={12}
        y={(HEIGHT - PAD.bottom) / 2}
        textAnchor="middle"
        transform={`rotate(-90 12 ${(HEIGHT - PAD.bottom) / 2})`}
      >
        correct of 20
      </text>
    </g>
  );
}

function wordsOf(shown: NonNullable<Metrics["shown"]>, points: readonly Point[]): string {
  const told = points
    .slice(0, 20)
    .map((one) => `${one.pair}: ${one.score.toFixed(3)}, ${one.correct} of 20`);
  return `Mean ${measureWords(shown)} against correct images of 20. ${told.join("; ")}`;
}
