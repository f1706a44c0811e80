import { ImageOff } from "lucide-react";

export type LoadFailureProps = {
  index: number;
  /** Not in a grid that lies under or over the one that is judged. */
  isReachable?: boolean;
  onRetry: () => void;
  onFlag: (index: number) => void;
};

/** Stands where the image would be. */
export function LoadFailure({ index, isReachable = true, onRetry, onFlag }: LoadFailureProps) {
  const tabIndex = isReachable ? 0 : -1;
  const button =
    "h-6 rounded-2 border border-line-control bg-surface px-2 text-12 text-ink hover:bg-surface-hover";
  return (
    <span className="flex min-w-0 flex-1 flex-col items-center justify-center gap-1.5 bg-surface-well text-12 text-ink-2">
      <ImageOff aria-hidden className="size-4" />
      Did not load
      <span className="flex gap-1.5">
        <button
          type="button"
          tabIndex={tabIndex}
          className={button}
          onClick={onRetry}
          aria-label={`Load image ${index + 1} again`}
        >
          Retry
        </button>
        <button
          type="button"
          tabIndex={tabIndex}
          className={button}
          onClick={() => onFlag(index)}
          aria-label={`Flag image ${index + 1} as broken`}
        >
          Broken
        </button>
      </span>
    </span>
  );
}
