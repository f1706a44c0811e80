// biome-ignore-all lint/a11y/useSemanticElements: a table cannot fill the screen with equal cells
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus, rows and headers do not
"use client";

import { memo, useEffect, useRef } from "react";
import { cx } from "@/app/_ui/cx";
import { PromptText } from "@/app/_ui/prompt-text";
import type { Table } from "@/app/(rate)/_session/table";
import type { CellLoad } from "@/server/rating/domain/grid-state";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { RatingCell } from "./rating-cell";
import type { KeyNames } from "./use-key-labels";

export type RatingGridProps = {
  table: Table;
  keys: KeyNames;
  /** Not one that leaves or is drawn beforehand. */
  isShown: boolean;
  onPress: (index: number) => void;
  onFocus: (index: number) => void;
  onLoad: (index: number, load: CellLoad) => void;
  onFlag: (index: number) => void;
};

const ROWS = [0, 1, 2, 3];
const PROMPT_ID = "focused-prompt";

/**
 * 20 images without scrolling. In columns, a column is a prompt and a row the same draw under each;
 * at random, the prompt of the image under the cursor stands above them all.
 */
export const RatingGrid = memo(function RatingGrid({
  table,
  keys,
  isShown,
  ...on
}: RatingGridProps) {
  const { view, grid } = table;
  const isInColumns = view.layout === "columns";
  const box = useRef<HTMLDivElement>(null);

  // The browser's focus follows the cursor, so that screen readers read the cell it is on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new grid takes the focus too
  useEffect(() => {
    const active = document.activeElement;
    if (!isShown || (active !== document.body && !active?.closest("[role=grid]"))) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-index="${grid.focus}"]`);
    cell?.focus({ preventScroll: true });
  }, [grid.focus, view.id, isShown]);

  return (
    <div
      ref={box}
      role="grid"
      aria-label={isInColumns ? "20 images, 5 prompts by 4 rows" : "20 images in random order"}
      aria-busy={grid.cells.some((cell) => cell.load === "loading")}
      className={cx(
        "grid min-h-0 grid-cols-[repeat(5,minmax(0,1fr))] gap-x-2 gap-y-1.5",
        isInColumns
          ? "grid-rows-[68px_repeat(4,minmax(0,1fr))]"
          : "grid-rows-[40px_repeat(4,minmax(0,1fr))]",
      )}
    >
      {isInColumns ? <PromptColumns view={view} /> : <FocusedPrompt table={table} />}
      {ROWS.map((row) => (
        <div role="row" key={row} className="contents">
          {grid.cells.slice(row * COLUMNS, (row + 1) * COLUMNS).map((cell, column) => {
            const index = row * COLUMNS + column;
            return (
              <RatingCell
                key={cell.imageId}
                index={index}
                place={isInColumns ? `prompt ${column + 1}, row ${row + 1}` : null}
                cell={cell}
                keyName={keys.cell(index)}
                isFocused={grid.focus === index}
                describedBy={isInColumns ? undefined : PROMPT_ID}
                {...on}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
});

function PromptColumns({ view }: { view: Table["view"] }) {
  return (
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
  );
}

function FocusedPrompt({ table: { view, grid } }: { table: Table }) {
  const position = view.cells[grid.focus]?.position ?? 1;
  return (
    <div role="row" className="contents">
      <div
        role="columnheader"
        aria-colspan={COLUMNS}
        id={PROMPT_ID}
        className="col-span-5 flex min-w-0 items-center gap-2 px-0.5 text-13 min-[1600px]:text-14"
      >
        <b className="shrink-0">Image {grid.focus + 1}</b>
        <span className="line-clamp-2 leading-[18px]">
          <PromptText
            text={view.prompts[(position - 1) % COLUMNS] ?? ""}
            a={view.conceptA}
            b={view.conceptB}
          />
        </span>
      </div>
    </div>
  );
}
