import type { Concept } from "@/server/comparison/domain/read-probe";
import { inPercent, SHARES } from "../../plots/_plots/axes";
import { type Gap, StepGaps } from "./step-gaps";

type Point = { step: number; value: number; low?: number; high?: number };
/** By step. */
type Line = { concept: Concept; points: readonly Point[] };
type Props = {
  lines: readonly Line[];
  /** A value that both have to pass. */
  threshold?: number;
  /** Steps at which it is drawn how far both lie apart. */
  gaps?: readonly Gap[];
  /** Values from 0 to 1, on an axis of their own; otherwise only their order is drawn. */
  areShares?: boolean;
};

const SMALL = { width: 300, height: 150, left: 30, right: 62, top: 10, bottom: 30 };
const LARGE = { width: 560, height: 220, left: 60, right: 62, top: 10, bottom: 34 };
const LABELS = 9;
const LABEL_HEIGHT = 12;

// A disc and a square, a whole line and a dashed one: told apart without colour. Whiskers stand beside each other.
const LOOKS = {
  first: { ink: "var(--accent)", dash: undefined, aside: -2 },
  second: { ink: "var(--ink-3)", dash: "3 3", aside: 2 },
} as const;

/** A line for each concept over the steps after which the text was switched. What it shows stands beside it in words. */
export function StepsPlot({ lines, threshold, gaps = [], areShares = false }: Props) {
  const box = areShares ? LARGE : SMALL;
  const end = box.width - box.right;
  const points = lines.flatMap((line) => line.points);
  const values = areShares ? SHARES : points.map(({ value }) => value).concat(threshold ?? []);
  const steps = [...new Set(points.map(({ step }) => step))].toSorted((one, two) => one - two);
  const axes = {
    x: scale(steps, box.left, end),
    y: scale(values, box.height - box.bottom, box.top),
  };
  const labelled = steps.filter((_, at) => at % Math.ceil(steps.length / LABELS) === 0);
  const ends = labelHeights(lines.map((line) => axes.y(line.points.at(-1)?.value ?? 0)));
  return (
    <svg
      viewBox={`0 0 ${box.width} ${box.height}`}
      className={areShares ? "w-full max-w-[620px] text-11" : "mt-1 w-full max-w-[320px] text-11"}
      aria-hidden
    >
      {areShares ? <ShareAxis y={axes.y} from={box.left - 12} to={end} /> : null}
      {threshold === undefined ? null : (
        <Level y={axes.y(threshold)} from={box.left} to={end} ink="var(--good)" dash="5 4" />
      )}
      {lines.map((line, at) => (
        <g key={line.concept} fill={LOOKS[line.concept].ink}>
          <Drawn line={line} {...axes} />
          <text x={end + 10} y={ends[at]}>
            {line.concept}
          </text>
        </g>
      ))}
      <StepGaps gaps={gaps} {...axes} />
      <g textAnchor="middle" fill="var(--ink-3)">
        {labelled.map((step) => (
          <text key={step} x={axes.x(step)} y={box.height - 16}>
            {step}
          </text>
        ))}
        <text x={(box.left + end) / 2} y={box.height - 3}>
          switch after step
        </text>
      </g>
    </svg>
  );
}

type Scale = (value: number) => number;

function Drawn({ line, x, y }: { line: Line; x: Scale; y: Scale }) {
  const { ink, dash, aside } = LOOKS[line.concept];
  const hasWhiskers = line.points.some(({ low }) => low !== undefined);
  const at = (step: number) => x(step) + (hasWhiskers ? aside : 0);
  return (
    <>
      <polyline
        points={line.points.map(({ step, value }) => `${at(step)},${y(value)}`).join(" ")}
        fill="none"
        stroke={ink}
        strokeDasharray={dash}
      />
      {line.points.map(({ step, value, low, high }) => (
        <g key={step}>
          {low === undefined || high === undefined ? null : (
            <path d={`M${at(step)} ${y(low)}V${y(high)}`} stroke={ink} />
          )}
          {line.concept === "first" ? (
            <circle cx={at(step)} cy={y(value)} r={4} />
          ) : (
            <rect x={at(step) - 3.5} y={y(value) - 3.5} width={7} height={7} />
          )}
        </g>
      ))}
    </>
  );
}

/** Where the lines' names stand: at their ends, and clear of each other where those meet. */
function labelHeights(ends: readonly number[]): number[] {
  const [first = 0, second = Number.POSITIVE_INFINITY] = ends;
  const lacking = LABEL_HEIGHT - Math.abs(second - first);
  const aside = lacking > 0 ? (second < first ? -lacking : lacking) / 2 : 0;
  return [first - aside + 4, second + aside + 4];
}

/** Half of the images is marked. */
const ShareAxis = ({ y, from, to }: { y: Scale; from: number; to: number }) =>
  SHARES.map((share) => (
    <g key={share}>
      <Level
        y={y(share)}
        from={from}
        to={to}
        ink={share === 0.5 ? "var(--line-control)" : "var(--line)"}
        dash={share === 0.5 ? "5 4" : undefined}
      />
      <text x={from - 6} y={y(share) + 4} textAnchor="end" fill="var(--ink-3)">
        {inPercent(share)}
      </text>
    </g>
  ));

type LevelProps = { y: number; from: number; to: number; ink: string; dash?: string };
const Level = ({ y, from, to, ink, dash }: LevelProps) => (
  <line x1={from} x2={to} y1={y} y2={y} stroke={ink} strokeDasharray={dash} />
);

/** A straight line through the least and the greatest value; a single value stands in the middle. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
}
