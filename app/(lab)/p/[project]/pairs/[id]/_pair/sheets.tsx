"use client";

import { type KeyboardEvent, type ReactNode, useState } from "react";
import { EmptyState } from "@/app/_ui/empty-state";
import { Key } from "@/app/_ui/key";
import { useKeys } from "@/app/_ui/use-keys";
import type { Sheet as SheetData } from "./detail";
import { Legend } from "./legend";
import { SameSeedDialog } from "./same-seed-dialog";
import { type Place, Sheet } from "./sheet";
import { stepPlace } from "./step-place";

export type SheetsProps = {
  sheets: readonly SheetData[];
  /** Stands in the second column beside a single sheet, below several. */
  beside: ReactNode;
  /** Nothing else has to come before Render. */
  isRenderNext: boolean;
};

/** All images of the pair; one cursor moves through every sheet at the same prompt and seed. */
export function Sheets({ sheets, beside, isRenderNext }: SheetsProps) {
  const [place, setPlace] = useState<Place>({ prompt: 1, row: 0 });
  const [isZoomed, setIsZoomed] = useState(false);
  // One image is marked from the start: nobody has to click at it first.
  useKeys((key) => (key === "." && sheets.length > 0 ? () => setIsZoomed(true) : null));
  if (sheets.length === 0) {
    return (
      <div className="grid grid-cols-2 gap-7 max-[1000px]:grid-cols-1">
        <EmptyState title="No images yet.">
          {isRenderNext
            ? "Press Render"
            : "Once the pair is accepted and its five prompts are written, press Render"}
          : twenty images are drawn, four for each prompt.
        </EmptyState>
        <div>{beside}</div>
      </div>
    );
  }

  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepPlace(place, event.key);
    if (!next) return;
    event.preventDefault();
    setPlace(next);
    const own = (event.target as HTMLElement).closest("[data-sheet]");
    own?.querySelector<HTMLElement>(`[data-place="${next.prompt} ${next.row}"]`)?.focus();
  };

  return (
    <section id="images" className="grid grid-cols-2 gap-x-7 gap-y-6 max-[1000px]:grid-cols-1">
      {sheets.map((sheet) => (
        <Sheet
          key={`${sheet.generatorRevisionId} ${sheet.promptSetId} ${sheet.seedSetId} ${sheet.purpose}`}
          sheet={sheet}
          place={place}
          onPlace={setPlace}
          onZoom={() => setIsZoomed(true)}
          onKey={move}
        />
      ))}
      {sheets.length === 1 ? <div className="max-[1000px]:order-1">{beside}</div> : null}
      <div className="col-span-full -mt-3 flex flex-wrap items-center gap-x-4 text-12 text-ink-3">
        <Legend sheets={sheets} />
        <span className="inline-flex items-center gap-1">
          Prompt {place.prompt}, seed {place.row + 1} marked: <Key>←</Key>
          <Key>→</Key>
          <Key>↑</Key>
          <Key>↓</Key> move, <Key>.</Key> enlarges
        </span>
      </div>
      {sheets.length > 1 ? (
        <div className="col-span-full grid grid-cols-2 gap-x-7 max-[1000px]:grid-cols-1">
          {beside}
        </div>
      ) : null}
      {isZoomed ? (
        <SameSeedDialog
          sheets={sheets}
          place={place}
          onPlace={setPlace}
          onOpenChange={setIsZoomed}
        />
      ) : null}
    </section>
  );
}
