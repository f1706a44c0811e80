export type Gap = { step: number; from: number; to: number; isKept: boolean };
type Scale = (value: number) => number;

// Below this height the marks of both lines cover the place between them.
const ROOM = 24;
const MARK = 6;

/** How far the two scores lie apart at each step: a line between their marks, with the figure; the kept one in green. */
export const StepGaps = ({ gaps, x, y }: { gaps: readonly Gap[]; x: Scale; y: Scale }) =>
  gaps.map(({ step, from, to, isKept }) => {
    const [top, bottom] = [Math.min(y(from), y(to)), Math.max(y(from), y(to))];
    const ink = isKept ? "var(--good)" : "var(--ink-2)";
    const isWide = bottom - top >= ROOM;
    return (
      <g key={step} data-gap={step}>
        <path d={`M${x(step)} ${top}V${bottom}`} stroke={ink} strokeWidth={isKept ? 2 : 1} />
        <text
          x={x(step) + (isWide ? MARK : 0)}
          y={isWide ? (top + bottom) / 2 + 4 : Math.max(top - MARK - 2, 8)}
          textAnchor={isWide ? "start" : "middle"}
          fill={ink}
          stroke="var(--surface)"
          strokeWidth={3}
          paintOrder="stroke"
        >
          {Math.abs(from - to).toFixed(2)}
        </text>
      </g>
    );
  });
