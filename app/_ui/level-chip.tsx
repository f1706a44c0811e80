import { cx } from "./cx";

const FILL = {
  1: "bg-level-1 text-level-1-ink border-level-1-edge",
  2: "bg-level-2 text-level-2-ink border-level-2-edge",
  3: "bg-level-3 text-level-3-ink border-level-3-edge",
  4: "bg-level-4 text-level-4-ink border-level-4-edge",
  5: "bg-level-5 text-level-5-ink border-level-5-edge",
} as const;

const SIZE = {
  20: "size-5 rounded-1 text-12",
  36: "size-9 rounded-2 text-20",
} as const;

/** Rating stopped at a correct image: a bound, never a Level. */
const AT_MOST_4 = "at most 4";
type ShownLevel = number | typeof AT_MOST_4;

export type LevelChipProps = {
  /** 1 to 5, a bound in words when screening stopped early, null when not rated. */
  level: ShownLevel | null;
  size?: 20 | 36;
  /** From the simulated rater: said in the label and marked by a dashed ring. */
  simulated?: boolean;
};

const isLevel = (level: ShownLevel | null): level is keyof typeof FILL =>
  level !== null && level in FILL;

/** Always shows its digit; stands near the name of its generator. */
export function LevelChip({ level, size = 20, simulated = false }: LevelChipProps) {
  const shape = cx(
    "inline-grid shrink-0 place-items-center border leading-none font-bold",
    SIZE[size],
  );
  if (level === AT_MOST_4) return <BoundChip size={size} simulated={simulated} />;
  if (!isLevel(level)) {
    return (
      <span
        role="img"
        aria-label="Not rated"
        title="Not rated"
        className={cx(shape, "border-dashed border-line-control text-ink-3")}
      >
        –
      </span>
    );
  }
  const label = simulated ? `Level ${level}, simulated rater` : `Level ${level}`;
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={cx(
        shape,
        FILL[level],
        simulated && "outline-1 outline-offset-1 outline-line-control outline-dashed",
      )}
    >
      {level}
    </span>
  );
}

const BOUND_SIZE = {
  20: "h-5 rounded-1 px-1.5 text-11",
  36: "h-9 rounded-2 px-2 text-13",
} as const;

/** Words on a dashed edge, without a Level's colour: it must not be read as one. */
function BoundChip({ size, simulated }: Required<Pick<LevelChipProps, "size" | "simulated">>) {
  const label = simulated ? "Screened: at most 4, simulated rater" : "Screened: at most 4";
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={cx(
        "inline-flex shrink-0 items-center border border-dashed border-line-control leading-none font-mid whitespace-nowrap text-ink-2",
        BOUND_SIZE[size],
        simulated && "outline-1 outline-offset-1 outline-line-control outline-dashed",
      )}
    >
      {AT_MOST_4}
    </span>
  );
}
