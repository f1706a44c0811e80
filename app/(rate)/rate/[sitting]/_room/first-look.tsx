"use client";

import { PromptText } from "@/app/_ui/prompt-text";
import { Skeleton } from "@/app/_ui/skeleton";
import { thumbnail } from "@/app/(rate)/_session/image-address";
import type { SittingView } from "@/app/(rate)/_session/table";
import { ROOM_MAIN } from "./room-stage";

/**
 * The page's grid as the server draws it: its images are on their way and seen before the code that judges them has
 * come. No key is printed and no verdict shown until they work. Screening shows one image at a time, never this.
 */
export function FirstLook({
  view: { cells, layout, prompts, conceptA, conceptB },
}: {
  view: SittingView;
}) {
  const isInColumns = layout === "columns";
  return (
    <main aria-busy aria-label="The grid is on its way" className={ROOM_MAIN}>
      <div
        className={`grid min-h-0 grid-cols-5 gap-x-2 gap-y-1.5 max-[1000px]:grid-cols-3 max-[1000px]:grid-rows-[repeat(7,minmax(168px,1fr))] max-[700px]:hidden ${isInColumns ? "grid-rows-[68px_repeat(4,minmax(0,1fr))]" : "grid-rows-[40px_repeat(4,minmax(0,1fr))]"}`}
      >
        {isInColumns ? (
          prompts.map((prompt) => (
            <span
              key={prompt}
              className="flex items-end overflow-hidden px-0.5 pb-0.5 text-12 min-[1600px]:text-13 max-[1000px]:hidden"
            >
              <span className="line-clamp-4 leading-4">
                <PromptText text={prompt} a={conceptA} b={conceptB} />
              </span>
            </span>
          ))
        ) : (
          <span className="col-span-full max-[1000px]:hidden" />
        )}
        {cells.map(({ imageId }) => (
          <span
            key={imageId}
            className="flex min-h-0 min-w-0 overflow-hidden rounded-2 border-2 border-dashed border-line-control bg-surface max-[1000px]:flex-col"
          >
            <span className="w-[54px] shrink-0 min-[1600px]:w-[66px] max-[1000px]:h-8 max-[1000px]:w-full" />
            <span className="flex min-h-0 min-w-0 flex-1 items-center justify-center bg-surface-well">
              <Thumbnail imageId={imageId} className="h-full max-h-full w-auto max-w-full" />
            </span>
          </span>
        ))}
      </div>
      <div className="max-[700px]:hidden">
        <Thumbnail imageId={cells[0]?.imageId} className="w-full rounded-1 bg-surface-well" />
      </div>
      <Skeleton className="aspect-square rounded-1 min-[701px]:hidden" />
    </main>
  );
}

type ThumbnailProps = { imageId: string | undefined; className: string };

function Thumbnail({ imageId, className }: ThumbnailProps) {
  if (!imageId) return null;
  return (
    <img
      src={thumbnail(imageId)}
      alt=""
      draggable={false}
      className={`aspect-square object-contain ${className}`}
    />
  );
}
