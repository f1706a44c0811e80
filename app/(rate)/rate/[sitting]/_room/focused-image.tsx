"use client";

import { Key } from "@/app/_ui/key";
import { enlarged, thumbnail } from "@/app/(rate)/_session/image-address";
import type { FirstPress } from "@/server/rating/domain/grid-state";
import { BESIDE_IMAGES, FocusPanel, type FocusPanelProps } from "./focus-panel";
import { HoldToZoom } from "./hold-to-zoom";

export type FocusedImageProps = Omit<FocusPanelProps, "markKeys"> & { firstPress: FirstPress };

/** The image under the cursor, large, with everything that can be said about it. */
export function FocusedImage({ firstPress, ...panel }: FocusedImageProps) {
  const { table, keys } = panel;
  const { grid } = table;
  const cell = grid.cells[grid.focus];
  if (!cell) return null;
  const once = keys.cell(grid.focus);
  const twice = [once, once];
  const markKeys =
    firstPress === "incorrect"
      ? { incorrect: [once], correct: twice }
      : { incorrect: twice, correct: [once] };
  return (
    <aside aria-label="Image in focus" className={BESIDE_IMAGES}>
      {cell.load === "failed" ? (
        <p className="small-print grid aspect-square shrink-0 place-items-center rounded-1 bg-surface-well">
          Nothing to enlarge
        </p>
      ) : (
        <Enlarged imageId={cell.imageId} number={grid.focus + 1} />
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <span>
          <Key>{once}</Key> &nbsp;<b>Image {grid.focus + 1}</b> of 20
        </span>
        <HoldToZoom keys={keys} />
      </div>
      <FocusPanel {...panel} markKeys={markKeys} />
      <p className="small-print mt-auto">
        Correct: both are there, placed as the prompt says. Style does not count.
      </p>
    </aside>
  );
}

function Enlarged({ imageId, number }: { imageId: string; number: number }) {
  return (
    <div
      className="aspect-square shrink-0 overflow-hidden rounded-1 bg-surface-well bg-contain"
      style={{ backgroundImage: `url(${thumbnail(imageId)})` }}
    >
      <img
        key={imageId}
        src={thumbnail(imageId)}
        srcSet={`${thumbnail(imageId)} 320w, ${enlarged(imageId)} 640w`}
        sizes="(min-width: 1600px) 420px, 268px"
        alt={`Number ${number}, enlarged`}
        draggable={false}
        className="size-full object-contain"
      />
    </div>
  );
}
