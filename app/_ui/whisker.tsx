export type WhiskerProps = {
  /** Shares from 0 to 1. */
  share: number;
  low: number;
  high: number;
  /** What is estimated, for screen readers: "Share at Level 5". */
  label: string;
};

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** An estimate with its 95 % interval on a scale from 0 to 100 %. Print its numbers beside it. */
export function Whisker({ share, low, high, label }: WhiskerProps) {
  return (
    <span
      role="img"
      aria-label={`${label}: ${percent(share)}, between ${percent(low)} and ${percent(high)} (95 %)`}
      className="relative block h-3.5"
    >
      <i className="absolute inset-x-0 top-1/2 h-px -translate-y-1/2 bg-line" />
      <i className="absolute top-[3px] bottom-[3px] left-1/2 border-l border-line-2" />
      <i
        className="absolute top-[3px] flex h-2 items-center border-x-[1.5px] border-accent"
        style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
      >
        <i className="h-0.5 w-full bg-accent" />
      </i>
      <i
        className="absolute top-0.5 size-2.5 -translate-x-1/2 rounded-pill bg-accent ring-2 ring-surface"
        style={{ left: `${share * 100}%` }}
      />
    </span>
  );
}

/** "between 49.4 and 59.8 % (95 %)" */
export function IntervalWords({ low, high }: { low: number; high: number }) {
  return (
    <span className="small-print">
      between {(low * 100).toFixed(1)} and {(high * 100).toFixed(1)}&nbsp;% (95&nbsp;%)
    </span>
  );
}
