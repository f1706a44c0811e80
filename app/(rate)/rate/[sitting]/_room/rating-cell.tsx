"use client";

import { memo, useState } from "react";
import { cx } from "@/app/_ui/cx";
import { thumbnail } from "@/app/(rate)/_session/image-address";
import type { CellLoad, GridCell } from "@/server/rating/domain/grid-state";
import { cellAt } from "@/server/rating/domain/grid-steps";
import { CellName } from "./cell-name";
import { LoadFailure, type LoadFailureProps } from "./load-failure";
import { type TableStore, useTable } from "./table-store";
import { VERDICT_LOOK } from "./verdict-look";

export type RatingCellProps = {
  index: number;
  /** Which prompt and draw it is; null where the order is random. */
  place: string | null;
  describedBy: string | undefined;
  store: TableStore;
  keyName: string;
  onPress: (index: number) => void;
  onFocus: (index: number) => void;
  onLoad: (index: number, load: CellLoad) => void;
  onFlag: (index: number) => void;
};

/**
 * The grid gives a cell its place; what is in it is laid out on its own. So the browser lays out one cell when a
 * verdict changes, as long as nothing that changes is a style of the outer two.
 */
const PLACE = "relative min-h-0 min-w-0 cursor-pointer outline-none";
const ALONE = "absolute inset-0 [contain:size_layout_style]";
const LOOK =
  "absolute inset-0 flex overflow-hidden rounded-2 border-2 bg-surface max-[1000px]:flex-col";

/** One image and its verdict. Nothing lies over the image; all of it stands in the rail. */
export const RatingCell = memo(function RatingCell(props: RatingCellProps) {
  const { index, place, store, keyName, describedBy, onPress, onFocus, onLoad, onFlag } = props;
  const cell = useTable(store, ({ grid }) => cellAt(grid, index));
  const isFocused = useTable(store, ({ grid }) => grid.focus === index);
  const isTabStop = useTable(store, ({ grid }) => grid.focus === index && store.isShown());
  const { word, Icon, edge, rail, ink } = VERDICT_LOOK[cell.verdict ?? "unrated"];
  const says = [`image ${index + 1} of 20`, place, word.toLowerCase()].filter(Boolean).join(", ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid are heard by the page
    // biome-ignore lint/a11y/useSemanticElements: a table cannot fill the screen with equal cells
    <div
      role="gridcell"
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      aria-label={says}
      aria-describedby={isFocused ? describedBy : undefined}
      aria-selected={isFocused}
      onClick={() => onFocus(index)}
      onFocus={() => onFocus(index)}
      className={PLACE}
    >
      <div className={ALONE}>
        <div className={cx(LOOK, edge, isFocused && "shadow-focus")}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the cell itself is the control */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid are heard by the page */}
          <span
            onClick={() => onPress(index)}
            className={cx(
              "flex w-[54px] shrink-0 flex-col items-center justify-between pt-[7px] pb-1.5 min-[1600px]:w-[66px] max-[1000px]:w-full max-[1000px]:flex-row max-[1000px]:px-2 max-[1000px]:py-1",
              rail,
            )}
          >
            <CellName
              index={index}
              keyName={keyName}
              className="inline-grid h-6 min-w-6 place-items-center rounded-1 border border-line-2 border-b-2 bg-surface px-1 font-sans text-[13px] leading-none font-bold text-ink"
            />
            <span
              className={cx(
                "flex flex-col items-center gap-[3px] text-11 min-[1600px]:text-12 max-[1000px]:flex-row [&_svg]:size-[22px]",
                ink,
              )}
            >
              <Icon aria-hidden />
              {word}
            </span>
          </span>
          <Picture
            imageId={cell.imageId}
            load={cell.load}
            index={index}
            store={store}
            onLoad={onLoad}
            onFlag={onFlag}
          />
        </div>
      </div>
    </div>
  );
});

type PictureProps = Pick<RatingCellProps, "index" | "store" | "onLoad" | "onFlag"> &
  Pick<GridCell, "imageId" | "load">;

function Picture({ index, store, imageId, load, onLoad, onFlag }: PictureProps) {
  const [attempt, setAttempt] = useState(0);
  if (load === "failed") {
    const retry = () => {
      setAttempt(attempt + 1);
      onLoad(index, "loading");
    };
    return <Failure store={store} index={index} onRetry={retry} onFlag={onFlag} />;
  }
  const address = thumbnail(imageId);
  return (
    <span
      className={cx(
        "flex min-h-0 min-w-0 flex-1 items-center justify-center",
        load === "loading" ? "sheen" : "bg-surface-well",
      )}
    >
      {/* Empty alt on purpose: naming anything about the image would bias whoever hears it. */}
      <img
        key={attempt}
        src={attempt > 0 ? `${address}&again=${attempt}` : address}
        alt=""
        draggable={false}
        decoding="sync"
        onLoad={() => onLoad(index, "ready")}
        onError={() => onLoad(index, "failed")}
        className="aspect-square h-full max-h-full w-auto max-w-full object-contain"
      />
    </span>
  );
}

function Failure({ store, ...props }: LoadFailureProps & { store: TableStore }) {
  return <LoadFailure isReachable={useTable(store, store.isShown)} {...props} />;
}
