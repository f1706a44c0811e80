import { useId } from "react";
import type { Searched } from "@/server/comparison/domain/read-trace";

const WIDTH = 300;
const HEIGHT = 150;
const PAD = { left: 30, right: 62, top: 10, bottom: 30 };

type Visit = Searched["visited"][number];

/** How a method found its switch step: the scores of both concepts at each step that it visited, in words and drawn. */
export function TraceFigure({ searched }: { searched: Searched }) {
  const heading = useId();
  const { visited, threshold } = searched;
  const scores = visited.flatMap(({ first, second }) => [first, second]).concat(threshold ?? []);
  const steps = visited.map(({ step }) => step);
  const y = scale(scores, HEIGHT - PAD.bottom, PAD.top);
  const x = scale(steps, PAD.left, WIDTH - PAD.right);
  const ordered = visited.toSorted((one, other) => one.step - other.step);
  const pathOf = (score: (visit: Visit) => number) =>
    ordered.map((visit) => `${x(visit.step)},${y(score(visit))}`).join(" ");
  const last = ordered.at(-1);
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="text-13 font-bold">
        How it got there
      </h3>
      <ol className="mt-1 text-12 text-ink-2">
        {visited.map((visit, at) => (
          <li key={visit.step}>
            Round {at + 1}, after step {visit.step}: first {visit.first.toFixed(2)}, second{" "}
            {visit.second.toFixed(2)}, apart {Math.abs(visit.first - visit.second).toFixed(2)}
            {visit.kept ? <b className="font-mid text-good"> ✓ kept</b> : null}
          </li>
        ))}
      </ol>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="mt-1 w-full max-w-[320px] text-11"
        aria-hidden
      >
        {threshold === undefined ? null : (
          <line
            x1={PAD.left}
            x2={WIDTH - PAD.right}
            y1={y(threshold)}
            y2={y(threshold)}
            stroke="var(--good)"
            strokeDasharray="5 4"
          />
        )}
        <polyline points={pathOf(({ first }) => first)} fill="none" stroke="var(--accent)" />
        <polyline
          points={pathOf(({ second }) => second)}
          fill="none"
          stroke="var(--ink-3)"
          strokeDasharray="3 3"
        />
        {ordered.map((visit) => (
          <g key={visit.step}>
            <circle cx={x(visit.step)} cy={y(visit.first)} r={4} fill="var(--accent)" />
            <rect
              x={x(visit.step) - 3.5}
              y={y(visit.second) - 3.5}
              width={7}
              height={7}
              fill="var(--ink-3)"
            />
            <text x={x(visit.step)} y={HEIGHT - 14} textAnchor="middle" fill="var(--ink-3)">
              {visit.step}
            </text>
          </g>
        ))}
        <text
          x={(PAD.left + WIDTH - PAD.right) / 2}
          y={HEIGHT - 1}
          textAnchor="middle"
          fill="var(--ink-3)"
        >
          switch after step
        </text>
        {last ? (
          <>
            <text x={WIDTH - PAD.right + 10} y={y(last.first) + 4} fill="var(--accent)">
              first
            </text>
            <text x={WIDTH - PAD.right + 10} y={y(last.second) + 4} fill="var(--ink-3)">
              second
            </text>
          </>
        ) : null}
      </svg>
    </section>
  );
}

/** A straight line through the least and the greatest value; a single value stands in the middle. */
function scale(values: readonly number[], from: number, to: number) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value: number) =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
}
