"use client";

import { useCallback, useDeferredValue, useEffect, useRef, useState } from "react";
import { cx } from "@/app/_ui/cx";
import { afterFrame } from "@/app/(rate)/_frame/after-frame";
import { useValueAfterFrame } from "@/app/(rate)/_frame/use-after-frame";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import { isLoading, type Table } from "@/app/(rate)/_session/table";
import type { CellLoad, FirstPress, GridAction } from "@/server/rating/domain/grid-state";
import { RatingGrid } from "./rating-grid";
import { storeOf, useGridAt, useTable } from "./table-store";
import { useDrawnRows } from "./use-drawn-rows";
import { useFocusFollows } from "./use-focus-follows";
import type { KeyNames } from "./use-key-labels";

export type GridStackProps = {
  session: RatingSession;
  /** Images in a row. */
  columns: number;
  keys: KeyNames;
  firstPress: FirstPress;
};

/**
 * The grid just left, this one and the next lie over each other, each on a layer of its own: going on
 * uncovers what is drawn already, and draws nothing.
 */
export function GridStack(room: GridStackProps) {
  const leaving = useGridAt(room.session, "leaving");
  const shown = useGridAt(room.session, "table");
  const next = useGridAt(room.session, "next");
  // Drawn when nothing else is to be done, once the grid before has gone.
  const ahead = useDeferredValue(leaving ? null : next);
  // To hand over focus and voice takes time, so the grid is uncovered first.
  const active = useValueAfterFrame(shown?.windowKey);
  const layers = [
    { place: "leaving", table: leaving },
    { place: "shown", table: shown },
    { place: "ahead", table: ahead?.windowKey === shown?.windowKey ? null : ahead },
  ] as const;
  return (
    <div className="relative isolate grid min-h-0">
      {layers.map(
        ({ place, table }) =>
          table && (
            <Layer
              key={table.windowKey}
              place={place}
              table={table}
              isActive={table.windowKey === active}
              {...room}
            />
          ),
      )}
    </div>
  );
}

/** `table` as it was when it came to lie here; what became of it is read piece by piece. */
type LayerProps = GridStackProps & {
  place: "leaving" | "shown" | "ahead";
  table: Table;
  isActive: boolean;
};

// The last verdict is still seen for a moment, and then the browser says that it is over; blocks nothing.
const DEPTH = { leaving: "z-2 animate-advance", shown: "z-1", ahead: "z-0" } as const;

function Layer({ place, table, isActive, session, columns, keys, firstPress }: LayerProps) {
  const box = useRef<HTMLDivElement>(null);
  const [store] = useState(() => storeOf(session, table));
  const onGrid = useGridActions(session, table.windowKey, firstPress);
  const rows = useDrawnRows(place === "ahead", Math.ceil(table.grid.cells.length / columns));
  useFocusFollows(box, store, isActive);

  // The clock of a grid starts with the frame that shows it whole.
  const isWhole = useTable(store, (now) => !isLoading(now)) && place === "shown";
  useEffect(() => (isWhole ? afterFrame(session.notePainted) : undefined), [isWhole, session]);

  return (
    <div
      ref={box}
      // Not `inert`, which would change the style of all that is in it: only cells of the grid that is shown are tab stops.
      aria-hidden={!isActive || undefined}
      data-place={place}
      onAnimationEnd={place === "leaving" ? session.hasLeft : undefined}
      className={cx(
        // The edge of its own ground covers the cursor of the grid below, which reaches out of its layer.
        "grid min-h-0 min-w-0 bg-surface-sunken shadow-[0_0_0_6px_var(--surface-sunken)] will-change-transform [grid-area:1/1]",
        DEPTH[place],
        place === "leaving" && !isActive && "pointer-events-none",
      )}
    >
      <RatingGrid store={store} rows={rows} columns={columns} keys={keys} {...onGrid} />
    </div>
  );
}

/**
 * Stable from one key to the next, so that only the cell that changed is drawn again. A grid that was just left
 * may still be clicked at for a frame: nothing comes of it.
 */
function useGridActions(session: RatingSession, windowKey: string, firstPress: FirstPress) {
  const act = useCallback(
    (action: GridAction) => {
      if (session.state().table?.windowKey === windowKey) session.act(action);
    },
    [session, windowKey],
  );
  const onFocus = useCallback((index: number) => act({ type: "focus", index }), [act]);
  const onLoad = useCallback(
    (index: number, load: CellLoad) => session.load(windowKey, index, load),
    [session, windowKey],
  );
  const onFlag = useCallback((index: number) => act({ type: "flagBroken", index }), [act]);
  const onPress = useCallback(
    (index: number) => act({ type: "press", index, firstPress }),
    [act, firstPress],
  );
  return { onPress, onFocus, onLoad, onFlag };
}
