// biome-ignore-all lint/a11y/useSemanticElements: a table cannot fill the screen with equal cells
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus, rows and headers do not
"use client";

import { memo, useId } from "react";
import { cx } from "@/app/_ui/cx";
import { PromptText } from "@/app/_ui/prompt-text";
import { useAfterFrame } from "@/app/(rate)/_frame/use-after-frame";
import { isLoading, type Table } from "@/app/(rate)/_session/table";
import type { CellLoad } from "@/server/rating/domain/grid-state";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { RatingCell } from "./rating-cell";
import { type TableStore, useTable } from "./table-store";
import type { KeyNames } from "./use-key-labels";

export type RatingGridProps = {
  store: TableStore;
  /** So many of them are drawn by now. */
  rows: number;
  /** Images in a row. */
  columns: number;
  keys: KeyNames;
  onPress: (index: number) => void;
  onFocus: (index: number) => void;
  onLoad: (index: number, load: CellLoad) => void;
  onFlag: (index: number) => void;
};

/**
 * 20 images without scrolling. In columns, a column is a prompt and a row the same draw under each;
 * at random, and where fewer stand in a row, the prompt of the image under the cursor stands above them all.
 */
export const RatingGrid = memo(function RatingGrid({
  store,
  rows,
  columns,
  keys,
  ...on
}: RatingGridProps) {
  const isBusy = useTable(store, isLoading);
  // What is judged on it is read by the cells themselves: a key draws no more than those it changes.
  const { view, grid } = store.read();
  const isWide = columns === COLUMNS;
  const isInColumns = view.layout === "columns" && isWide;
  const promptId = useId();

  return (
    <div
      role="grid"
      aria-label={isInColumns ? "20 images, 5 prompts by 4 rows" : "20 images in random order"}
      aria-busy={isBusy}
      className={cx(
        "grid min-h-0 gap-x-2 gap-y-1.5",
        isWide
          ? "grid-cols-[repeat(5,minmax(0,1fr))]"
          : "grid-cols-[repeat(3,minmax(0,1fr))] grid-rows-[repeat(7,minmax(168px,1fr))]",
        isWide && isInColumns && "grid-rows-[68px_repeat(4,minmax(0,1fr))]",
        isWide && !isInColumns && "grid-rows-[40px_repeat(4,minmax(0,1fr))]",
      )}
    >
      {isInColumns ? (
        <PromptColumns view={view} />
      ) : (
        <FocusedPrompt id={promptId} store={store} columns={columns} />
      )}
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <div role="row" key={row} className="contents">
          {grid.cells.slice(row * columns, (row + 1) * columns).map(({ imageId }, column) => {
            const index = row * columns + column;
            return (
              <RatingCell
                key={imageId}
                index={index}
                place={view.layout === "columns" ? placeOf(index, isWide) : null}
                store={store}
                keyName={keys.cell(index)}
                describedBy={isInColumns ? undefined : promptId}
                {...on}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
});

/** By prompt and draw; where each prompt has a column of its own, its draws are the rows. */
function placeOf(index: number, isWide: boolean): string {
  const draw = Math.floor(index / COLUMNS) + 1;
  return `prompt ${(index % COLUMNS) + 1}, ${isWide ? "row" : "draw"} ${draw}`;
}

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

type FocusedPromptProps = { id: string; store: TableStore; columns: number };

function FocusedPrompt({ id, store: { subscribe, read }, columns }: FocusedPromptProps) {
  const { view } = read();
  const focus = useAfterFrame(subscribe, () => read().grid.focus);
  const position = view.cells[focus]?.position ?? 1;
  return (
    <div role="row" className="contents">
      <div
        role="columnheader"
        aria-colspan={columns}
        id={id}
        className={cx(
          "col-span-full flex min-w-0 items-center gap-2 px-0.5 text-13 min-[1600px]:text-14",
          // There the panel beside the grid has it, and stays in sight.
          columns < COLUMNS && "sr-only",
        )}
      >
        <b className="shrink-0">Image {focus + 1}</b>
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
