// biome-ignore-all lint/a11y/useSemanticElements: cells of one look with the full grid, moved through by the same keys
"use client";

import { useEffect, useRef } from "react";
import { cx } from "@/app/_ui/cx";
import type { Table } from "@/app/(rate)/_session/table";
import { shownCount } from "@/server/rating/domain/grid-progress";
import type { GridAction, GridCell } from "@/server/rating/domain/grid-state";
import { CellName } from "./cell-name";
import type { KeyNames } from "./use-key-labels";
import { VERDICT_LOOK } from "./verdict-look";

export type ScreenStripProps = {
  table: Table;
  keys: KeyNames;
  address: (imageId: string) => string;
  onAct: (action: GridAction) => void;
};

/** All 20 in the order drawn: what was judged can be gone back to, what comes is not shown yet. */
export function ScreenStrip({ table, keys, address, onAct }: ScreenStripProps) {
  const { view, grid } = table;
  const shown = shownCount(grid);
  const box = useRef<HTMLDivElement>(null);

  // The browser's focus follows the cursor, so that screen readers read the cell it is on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new grid takes the focus too
  useEffect(() => {
    const active = document.activeElement;
    if (active !== document.body && !box.current?.contains(active)) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-index="${grid.focus}"]`);
    cell?.focus({ preventScroll: true });
  }, [grid.focus, view.id]);

  return (
    <div
      ref={box}
      role="grid"
      aria-label="20 images in random order"
      aria-busy={grid.cells.some((cell) => cell.load === "loading")}
      className="min-w-0"
    >
      <div
        role="row"
        tabIndex={-1}
        className="grid grid-cols-[repeat(20,minmax(0,1fr))] gap-1 max-[1000px]:grid-cols-10"
      >
        {grid.cells.map((cell, index) => (
          <StripCell
            key={cell.imageId}
            index={index}
            cell={cell}
            keyName={keys.cell(index)}
            address={index < shown ? address(cell.imageId) : null}
            isFocused={grid.focus === index}
            onAct={onAct}
          />
        ))}
      </div>
    </div>
  );
}

type StripCellProps = {
  index: number;
  cell: GridCell;
  keyName: string;
  /** null while the image may not be seen yet. */
  address: string | null;
  isFocused: boolean;
  onAct: (action: GridAction) => void;
};

function StripCell({ index, cell, keyName, address, isFocused, onAct }: StripCellProps) {
  const { word, Icon, edge, rail, ink } = VERDICT_LOOK[cell.verdict ?? "unrated"];
  const says = address ? word.toLowerCase() : "not shown yet";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid are heard by the page
    <div
      role="gridcell"
      tabIndex={isFocused ? 0 : -1}
      data-index={index}
      aria-label={`image ${index + 1} of 20, ${says}`}
      aria-selected={isFocused}
      aria-disabled={address === null}
      onClick={() => onAct({ type: "focus", index })}
      className={cx(
        "grid min-w-0 overflow-hidden rounded-1 border-2 bg-surface outline-none",
        address ? "cursor-pointer" : "opacity-70",
        edge,
        isFocused && "z-1 shadow-focus",
      )}
    >
      <span className={cx("flex h-5 items-center justify-center gap-0.5 text-11", rail, ink)}>
        <CellName
          index={index}
          keyName={keyName}
          className="font-sans text-[11px] font-bold text-ink"
        />
        {cell.verdict ? <Icon aria-hidden className="size-3.5" /> : null}
      </span>
      {address ? (
        <img src={address} alt="" draggable={false} className="aspect-square w-full object-cover" />
      ) : (
        <span className="aspect-square w-full bg-surface-sunken" />
      )}
    </div>
  );
}
