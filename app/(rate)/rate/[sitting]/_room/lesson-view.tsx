"use client";

import { CornerDownLeft, TriangleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { cx } from "@/app/_ui/cx";
import { Key } from "@/app/_ui/key";
import { thumbnail } from "@/app/(rate)/_session/image-address";
import type { FeedbackCell, Lesson } from "@/app/(rate)/_session/lesson";
import { VERDICT_LOOK } from "./verdict-look";

export type LessonViewProps = { lesson: Lesson; onGoOn: () => void };

/** What a training grid was meant to be, image by image; differences by icon and word. */
export function LessonView({ lesson: { table, cells, failure }, onGoOn }: LessonViewProps) {
  const byImage = new Map(cells?.map((cell) => [cell.imageId, cell]));
  const differing = (cells ?? []).filter(({ verdict, expected }) => verdict !== expected);
  return (
    <main className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)] gap-3 overflow-y-auto p-4">
      <div className="flex flex-wrap items-center gap-4">
        <h1 className="text-16">{headline(cells, differing.length)}</h1>
        {failure ? (
          <p role="alert" className="text-13 text-bad">
            The explanation is out of reach: {failure}
          </p>
        ) : null}
        <Button autoFocus variant="primary" className="ml-auto" onClick={onGoOn}>
          Go on{" "}
          <Key onAccent>
            <CornerDownLeft aria-label="Enter" className="size-3" />
          </Key>
        </Button>
      </div>
      <ol className="grid content-start grid-cols-5 gap-2 max-[1000px]:grid-cols-3 max-[700px]:grid-cols-1">
        {table.grid.cells.map(({ imageId }, index) => (
          <Taught key={imageId} number={index + 1} imageId={imageId} cell={byImage.get(imageId)} />
        ))}
      </ol>
    </main>
  );
}

function headline(cells: readonly FeedbackCell[] | null, differing: number): string {
  if (!cells) return "Your verdicts are on their way";
  if (differing === 0) return "All as it was meant";
  return differing === 1
    ? "1 image was meant otherwise"
    : `${differing} images were meant otherwise`;
}

type TaughtProps = { number: number; imageId: string; cell: FeedbackCell | undefined };

function Taught({ number, imageId, cell }: TaughtProps) {
  const isOther = cell !== undefined && cell.verdict !== cell.expected;
  return (
    <li
      className={cx(
        "grid grid-cols-[88px_minmax(0,1fr)] gap-2 rounded-2 border p-1.5 text-12",
        isOther ? "border-2 border-warn bg-warn-tint" : "border-line bg-surface",
      )}
    >
      <img
        src={thumbnail(imageId)}
        alt={`Number ${number}`}
        className="size-[88px] rounded-1 bg-surface-well object-contain"
      />
      {cell ? (
        <span className="grid content-start gap-1">
          <b className="flex items-center gap-1">
            Image {number}
            {isOther ? <TriangleAlert aria-hidden className="size-4 text-warn" /> : null}
          </b>
          <Said label="You" verdict={cell.verdict} />
          {isOther ? <Said label="Meant" verdict={cell.expected} /> : null}
          {cell.explanation ? <span className="text-ink-2">{cell.explanation}</span> : null}
        </span>
      ) : (
        <b>Image {number}</b>
      )}
    </li>
  );
}

function Said({ label, verdict }: { label: string; verdict: FeedbackCell["verdict"] }) {
  const { word, Icon, ink } = VERDICT_LOOK[verdict ?? "unrated"];
  return (
    <span className="flex items-center gap-1 [&_svg]:size-4">
      <span className="text-ink-2">{label}:</span>
      <span className={cx("flex items-center gap-1", ink)}>
        <Icon aria-hidden />
        {word}
      </span>
    </span>
  );
}
