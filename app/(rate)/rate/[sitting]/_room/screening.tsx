"use client";

import { useSingleKeys } from "@/app/_ui/single-keys";
import { enlarged } from "@/app/(rate)/_session/image-address";
import type { Table } from "@/app/(rate)/_session/table";
import type { GridAction } from "@/server/rating/domain/grid-state";
import { MARK_CODES } from "@/server/rating/domain/key-map";
import { BESIDE_IMAGES, FocusPanel } from "./focus-panel";
import { HoldToZoom } from "./hold-to-zoom";
import { ImageLoader } from "./image-loader";
import { LoadFailure } from "./load-failure";
import { ScreenStrip } from "./screen-strip";
import { useAttempts } from "./use-attempts";
import type { KeyNames } from "./use-key-labels";

export type ScreeningProps = {
  table: Table;
  keys: KeyNames;
  onAct: (action: GridAction) => void;
};

/** One image after the other in random order, until the first correct one. */
export function Screening({ table, keys, onAct }: ScreeningProps) {
  const { grid } = table;
  const { addressOf, askAgain } = useAttempts();
  const cell = grid.cells[grid.focus];
  if (!cell) return null;
  const retry = () => {
    askAgain(cell.imageId);
    onAct({ type: "load", index: grid.focus, load: "loading" });
  };
  const markKeys = {
    incorrect: [keys.name(MARK_CODES.incorrect)],
    correct: [keys.name(MARK_CODES.correct)],
  };
  return (
    <>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-2">
        {cell.load === "failed" ? (
          <LoadFailure
            index={grid.focus}
            onRetry={retry}
            onFlag={(index) => onAct({ type: "flagBroken", index })}
          />
        ) : (
          <Picture imageId={cell.imageId} number={grid.focus + 1} address={addressOf} />
        )}
        <ScreenStrip table={table} keys={keys} address={addressOf} onAct={onAct} />
      </div>
      <aside aria-label="Image in focus" className={BESIDE_IMAGES}>
        <div className="flex items-center justify-between">
          <span>
            <b>Image {grid.focus + 1}</b> of 20
          </span>
          <HoldToZoom keys={keys} />
        </div>
        <FocusPanel table={table} keys={keys} markKeys={markKeys} onAct={onAct} />
        <Standing table={table} />
        <p className="small-print mt-auto">
          Correct: both are there, placed as the prompt says. Style does not count.
        </p>
      </aside>
      <ImageLoader table={table} address={addressOf} onAct={onAct} />
    </>
  );
}

type PictureProps = { imageId: string; number: number; address: (imageId: string) => string };

function Picture({ imageId, number, address }: PictureProps) {
  return (
    <div className="grid min-h-0 place-items-center [container-type:size] max-[1000px]:min-h-[320px]">
      <img
        key={imageId}
        src={enlarged(imageId)}
        alt={`Number ${number}, enlarged`}
        draggable={false}
        className="aspect-square w-[min(100cqw,100cqh)] rounded-1 bg-surface-well bg-contain bg-center bg-no-repeat object-contain"
        style={{ backgroundImage: `url("${address(imageId)}")` }}
      />
    </div>
  );
}

/** What the last verdict means for the grid; a correct one ends it, but only Enter sends it. */
function Standing({ table: { grid } }: { table: Table }) {
  const takesBack = useSingleKeys() ? "Backspace" : "Ctrl+Z";
  const stop = grid.cells.findIndex(({ verdict }) => verdict === "correct");
  if (stop === -1) return null;
  return (
    <p className="rounded-2 border border-good bg-good-tint px-2 py-1.5 text-12 text-ink">
      Image {stop + 1} is correct: the others need no look. Enter submits,
      {` ${takesBack}`} takes it back.
    </p>
  );
}
