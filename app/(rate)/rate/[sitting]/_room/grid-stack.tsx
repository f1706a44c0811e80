"use client";

import { useCallback, useDeferredValue, useEffect, useRef } from "react";
import { cx } from "@/app/_ui/cx";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import { isLoading, type Table } from "@/app/(rate)/_session/table";
import type { CellLoad, FirstPress } from "@/server/rating/domain/grid-state";
import { afterFrame } from "./after-frame";
import { RatingGrid } from "./rating-grid";
import type { KeyNames } from "./use-key-labels";

export type GridStackProps = {
  session: RatingSession;
  table: Table;
  leaving: Table | null;
  next: Table | null;
  columns: number;
  keys: KeyNames;
  firstPress: FirstPress;
};

/**
 * The grid just left, this one and the next lie over each other, each on a layer of its own: going on
 * uncovers what is drawn already, and draws nothing.
 */
export function GridStack({ table, leaving, next, ...room }: GridStackProps) {
  const fading = leaving?.grid.mode === "full" ? leaving : null;
  const coming = next?.grid.mode === "full" ? next : null;
  // Drawn when nothing else is to be done, once the grid before has gone.
  const ahead = useDeferredValue(fading ? null : coming);
  const layers = [
    ...(fading ? [{ place: "leaving", table: fading } as const] : []),
    { place: "shown", table } as const,
    ...(ahead && ahead.windowKey !== table.windowKey
      ? [{ place: "ahead", table: ahead } as const]
      : []),
  ];
  return (
    <div className="relative isolate grid min-h-0">
      {layers.map((layer) => (
        <Layer key={layer.table.windowKey} {...layer} {...room} />
      ))}
    </div>
  );
}

type LayerProps = Pick<GridStackProps, "session" | "table" | "columns" | "keys" | "firstPress"> & {
  place: "leaving" | "shown" | "ahead";
};

const DEPTH = { leaving: "z-2 pointer-events-none", shown: "z-1", ahead: "z-0" } as const;

function Layer({ place, table, session, columns, keys, firstPress }: LayerProps) {
  const box = useRef<HTMLDivElement>(null);
  const { windowKey } = table;
  const isShown = place === "shown";
  const onGrid = useGridActions(session, windowKey, firstPress);
  useFade(box, place === "leaving", session.hasLeft);

  // The clock of a grid starts with the frame that shows it whole.
  const isWhole = isShown && !isLoading(table);
  useEffect(() => (isWhole ? afterFrame(session.notePainted) : undefined), [isWhole, session]);

  return (
    <div
      ref={box}
      inert={!isShown}
      aria-hidden={!isShown || undefined}
      className={cx(
        // The edge of its own ground covers the cursor of the grid below, which reaches out of its layer.
        "grid min-h-0 min-w-0 bg-surface-sunken shadow-[0_0_0_6px_var(--surface-sunken)] will-change-transform [grid-area:1/1]",
        DEPTH[place],
      )}
    >
      <RatingGrid table={table} columns={columns} keys={keys} isShown={isShown} {...onGrid} />
    </div>
  );
}

/** The last verdict is still seen for a moment; blocks nothing. */
function useFade(
  box: { readonly current: HTMLElement | null },
  isLeaving: boolean,
  onGone: () => void,
) {
  // The browser runs the fade and says when it is over.
  useEffect(() => {
    if (!isLeaving) return;
    const style = getComputedStyle(document.documentElement);
    const duration = Number.parseFloat(style.getPropertyValue("--motion-advance")) || 0;
    const fade = box.current?.animate([{ opacity: 1 }, { opacity: 0 }], { duration });
    fade?.finished.then(onGone, nothing);
    return () => fade?.cancel();
  }, [box, isLeaving, onGone]);
}

const nothing = () => {};

/** Stable from one key to the next, so that only the cell that changed is drawn again. */
function useGridActions(session: RatingSession, windowKey: string, firstPress: FirstPress) {
  const onFocus = useCallback((index: number) => session.act({ type: "focus", index }), [session]);
  const onLoad = useCallback(
    (index: number, load: CellLoad) => session.load(windowKey, index, load),
    [session, windowKey],
  );
  const onFlag = useCallback(
    (index: number) => session.act({ type: "flagBroken", index }),
    [session],
  );
  const onPress = useCallback(
    (index: number) => session.act({ type: "press", index, firstPress }),
    [session, firstPress],
  );
  return { onPress, onFocus, onLoad, onFlag };
}
