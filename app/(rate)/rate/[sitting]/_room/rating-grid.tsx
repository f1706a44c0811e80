// biome-ignore-all lint/a11y/useSemanticElements: a table cannot fill the screen with equal cells
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus, rows and headers do not
"use client";

import { useEffect, useRef } from "react";
import { PromptText } from "@/app/_ui/prompt-text";
import type { Table } from "@/app/(rate)/_session/table";
import type { CellLoad } from "@/server/rating/domain/grid-state";
import { CELL_CODES } from "@/server/rating/domain/key-map";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { RatingCell } from "./rating-cell";

export type RatingGridProps = {
  table: Table;
  keyName: (code: string) => string;
  onPress: (index: number) => void;
  onFocus: (index: number) => void;
  onLoad: (index: number, load: CellLoad) => void;
  onFlag: (index: number) => void;
};

const ROWS = [0, 1, 2, 3];

/** 20 images without scrolling: columns are prompts, rows are the same draw under each prompt. */
export function RatingGrid({ table, keyName, ...on }: RatingGridProps) {
  const { view, grid } = table;
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
      aria-label="20 images, 5 prompts by 4 rows"
      aria-busy={grid.cells.some((cell) => cell.load === "loading")}
      className="grid min-h-0 grid-cols-[repeat(5,minmax(0,1fr))] grid-rows-[68px_repeat(4,minmax(0,1fr))] gap-x-2 gap-y-1.5"
    >
      <div role="row" className="contents">
        {view.prompts.map((prompt, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a prompt is its column
            key={index}
            role="columnheader"
            className="flex items-end overflow-hidden px-0.5 pb-0.5 text-12 min-[1600px]:text-13"
          >
            <span className="line-clamp-4 leading-4" title={prompt}>
              <PromptText text={prompt} a={view.conceptA} b={view.conceptB} />
            </span>
          </div>
        ))}
      </div>
      {ROWS.map((row) => (
        <div role="row" key={row} className="contents">
          {grid.cells.slice(row * COLUMNS, (row + 1) * COLUMNS).map((cell, column) => {
            const index = row * COLUMNS + column;
            return (
              <RatingCell
                key={cell.imageId}
                index={index}
                column={column + 1}
                row={row + 1}
                cell={cell}
                keyName={keyName(CELL_CODES[index] ?? "")}
                isFocused={grid.focus === index}
                {...on}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}
