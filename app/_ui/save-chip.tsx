import { CloudCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import { cx } from "./cx";

export type SaveState =
  | { kind: "saved" }
  | { kind: "saving" }
  | { kind: "offline"; queued: number }
  | { kind: "failed"; retry: () => void };

const SHAPE =
  "inline-flex h-6 items-center gap-1.5 rounded-pill border px-2.5 text-12 whitespace-nowrap [&_svg]:size-3.5";

export function SaveChip({ state }: { state: SaveState }) {
  switch (state.kind) {
    case "saved":
      return (
        <output className={cx(SHAPE, "border-line-2 text-good")}>
          <CloudCheck aria-hidden />
          Saved
        </output>
      );
    case "saving":
      return (
        <output className={cx(SHAPE, "border-line-2 text-ink-2")}>
          <LoaderCircle aria-hidden />
          Saving
        </output>
      );
    case "offline":
      return (
        <output className={cx(SHAPE, "border-warn bg-warn-tint text-warn")}>
          <TriangleAlert aria-hidden />
          Offline, {state.queued} queued
        </output>
      );
    case "failed":
      return (
        <button
          type="button"
          onClick={state.retry}
          className={cx(SHAPE, "border-bad bg-bad-tint text-bad")}
        >
          <TriangleAlert aria-hidden />
          Not saved, retry
        </button>
      );
  }
}
