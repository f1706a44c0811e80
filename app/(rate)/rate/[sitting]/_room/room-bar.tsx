"use client";

import { BookOpen, ChevronLeft, CircleDashed, CircleHelp } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { Key } from "@/app/_ui/key";
import type { SessionState } from "@/app/(rate)/_session/session-state";
import { openOf } from "@/server/rating/domain/grid-progress";
import type { GridState } from "@/server/rating/domain/grid-state";
import { SavedState } from "./saved-state";
import type { KeyNames } from "./use-key-labels";

export type RoomBarProps = {
  place: SessionState["place"];
  grid: GridState | null;
  /** Feedback follows, and nothing of it counts. */
  isTraining: boolean;
  keys: KeyNames;
  onGuidelines: () => void;
  onKeys: () => void;
};

export function RoomBar({ place, grid, isTraining, keys, onGuidelines, onKeys }: RoomBarProps) {
  const number = Math.min(place.number, place.total);
  const share = place.total > 0 ? (number - 1) / place.total : 0;
  return (
    <header className="flex items-center gap-x-4 border-b border-line bg-surface px-4 whitespace-nowrap max-[700px]:gap-x-3 max-[700px]:[&_kbd]:hidden max-[1000px]:flex-wrap max-[1000px]:gap-y-1 max-[1000px]:py-1.5">
      <ButtonLink href="/rate" variant="quiet" size={26}>
        <ChevronLeft aria-hidden />
        Queue
      </ButtonLink>
      <div className="flex items-center gap-2.5">
        <span>
          Grid <b>{number}</b> of {place.total}
        </span>
        <span
          role="progressbar"
          aria-label="Grids done"
          aria-valuemin={0}
          aria-valuemax={place.total}
          aria-valuenow={number - 1}
          className="max-[1000px]:hidden relative h-1.5 w-[132px] overflow-hidden rounded-[3px] bg-surface-hover inset-ring inset-ring-line"
        >
          <i className="absolute inset-y-0 left-0 bg-accent" style={{ width: `${share * 100}%` }} />
        </span>
        {isTraining ? (
          <span className="rounded-pill border border-line-2 px-2 text-12 leading-[18px]">
            Training
          </span>
        ) : null}
      </div>
      <div className="mx-auto flex items-center gap-1.5">
        {grid ? (
          <>
            <CircleDashed aria-hidden className="size-4" />
            <Standing grid={grid} />
          </>
        ) : null}
      </div>
      <SavedState />
      <Button variant="quiet" size={26} onClick={onGuidelines}>
        <BookOpen aria-hidden />
        Guidelines <Key>{keys.name("KeyH")}</Key>
      </Button>
      <Button variant="quiet" size={26} onClick={onKeys}>
        <CircleHelp aria-hidden />
        Keys <Key>?</Key>
      </Button>
    </header>
  );
}

// Only what is still open: a count of correct ones would anchor.
function Standing({ grid }: { grid: GridState }) {
  const open = openOf(grid).length;
  if (grid.mode === "full") {
    return (
      <span>
        <b className="text-inherit">{open}</b> of 20 open
      </span>
    );
  }
  return <span>Screening: {open > 0 ? "stops at the first correct image" : "done"}</span>;
}
