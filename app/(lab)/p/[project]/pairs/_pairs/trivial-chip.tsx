export type TrivialChipProps = {
  level: number | null;
  /** Whether A or B alone cannot be drawn; null while that is unknown. */
  isTrivial: boolean | null;
};

const CHIP = "rounded-pill border px-1.5 text-11 whitespace-nowrap";

/** Stands beside a Level 5: one that fails because A or B cannot be drawn alone is no find. */
export function TrivialChip({ level, isTrivial }: TrivialChipProps) {
  if (level !== 5 || isTrivial === false) return null;
  if (isTrivial) {
    return (
      <span
        title="A or B alone cannot be drawn by this generator"
        className={`${CHIP} border-warn bg-warn-tint text-warn`}
      >
        trivial Level 5
      </span>
    );
  }
  return (
    <span
      title="Whether this generator can draw A and B alone is not known"
      className={`${CHIP} border-line-2 text-ink-3`}
    >
      A, B not checked
    </span>
  );
}
