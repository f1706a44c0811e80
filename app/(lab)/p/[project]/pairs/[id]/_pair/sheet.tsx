import { CircleDashed, LoaderCircle, X } from "lucide-react";
import type { KeyboardEventHandler, ReactNode } from "react";
import { cx } from "@/app/_ui/cx";
import { markOf, type Sheet as SheetData, sheetName } from "./detail";
import { VerdictMark } from "./legend";
import { SheetHead } from "./sheet-head";

/** `prompt` from 1, `row` (a seed) from 0. */
export type Place = { prompt: number; row: number };
type Cell = SheetData["cells"][number];

export type SheetProps = {
  sheet: SheetData;
  place: Place;
  onPlace: (place: Place) => void;
  onZoom: () => void;
  onKey: KeyboardEventHandler<HTMLElement>;
};

export function Sheet({ sheet, place, onPlace, onZoom, onKey }: SheetProps) {
  return (
    <section data-sheet aria-label={sheetName(sheet)}>
      <SheetHead sheet={sheet} />
      <div className="grid grid-cols-[26px_repeat(5,minmax(0,1fr))] gap-1 text-11 text-ink-3">
        <span />
        {[1, 2, 3, 4, 5].map((prompt) => (
          <span key={prompt}>Prompt {prompt}</span>
        ))}
        {sheet.seeds.map((seed, row) => (
          <SeedRow key={seed} seed={seed} row={row}>
            {sheet.cells
              .filter((cell) => cell.row === row)
              .map((cell) => (
                <CellButton
                  key={cell.prompt}
                  cell={cell}
                  isPicked={cell.prompt === place.prompt && row === place.row}
                  onPick={() => onPlace({ prompt: cell.prompt, row })}
                  onZoom={onZoom}
                  onKey={onKey}
                />
              ))}
          </SeedRow>
        ))}
      </div>
    </section>
  );
}

function SeedRow({ seed, row, children }: { seed: number; row: number; children: ReactNode }) {
  return (
    <>
      <span title={`seed ${seed}`} className="self-center pr-1 text-right">
        {row + 1}
      </span>
      {children}
    </>
  );
}

type CellButtonProps = {
  cell: Cell;
  isPicked: boolean;
  onPick: () => void;
  onZoom: () => void;
  onKey: KeyboardEventHandler<HTMLElement>;
};

function CellButton({ cell, isPicked, onPick, onZoom, onKey }: CellButtonProps) {
  const mark = markOf(cell.marks);
  const says = mark
    ? `${mark.verdict}${mark.differ ? ", raters differed" : ""}`
    : STATE[cell.state];
  return (
    <button
      type="button"
      data-place={`${cell.prompt} ${cell.row}`}
      tabIndex={isPicked ? 0 : -1}
      aria-label={`Prompt ${cell.prompt}, seed ${cell.row + 1}: ${says}`}
      title={cell.reason ?? undefined}
      onFocus={onPick}
      onClick={onPick}
      onDoubleClick={onZoom}
      onKeyDown={onKey}
      className={cx(
        "relative grid aspect-square place-items-center overflow-visible rounded-1 bg-surface-well",
        isPicked && "shadow-focus",
        cell.imageId === null &&
          cell.state !== "leased" &&
          "border border-dashed border-line-control",
        cell.state === "leased" && "sheen",
      )}
    >
      {cell.imageId ? (
        <img
          src={`/api/images/${cell.imageId}?w=320`}
          alt=""
          loading="lazy"
          className="size-full rounded-1"
        />
      ) : (
        <EmptyCell state={cell.state} />
      )}
      {mark ? (
        <span className="absolute right-1 bottom-1">
          <VerdictMark verdict={mark.verdict} differ={mark.differ} size={18} />
        </span>
      ) : null}
    </button>
  );
}

const STATE = {
  done: "not rated",
  queued: "queued",
  leased: "being drawn",
  failed: "failed",
  cancelled: "cancelled",
  missing: "not asked for",
} satisfies Record<Cell["state"], string>;

function EmptyCell({ state }: { state: Cell["state"] }) {
  if (state === "failed") return <X aria-hidden className="size-4 text-bad" />;
  if (state === "leased") return <LoaderCircle aria-hidden className="size-4 text-accent" />;
  return <CircleDashed aria-hidden className="size-4 text-ink-3" />;
}
