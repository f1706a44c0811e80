"use client";

import { type ComponentType, useEffect, useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import type { SittingView } from "@/app/(rate)/_session/table";

type Part = ComponentType<{ project: string }>;

export type GuidelinesDialogProps = { view: SittingView; onClose: () => void };

/** The text is here with the grid; the examples come after it, since most grids are judged without. */
export function GuidelinesDialog({ view, onClose }: GuidelinesDialogProps) {
  const [Examples, setExamples] = useState<Part | null>(null);
  const [isOutOfReach, setIsOutOfReach] = useState(false);
  // A part of the program itself, fetched from outside React.
  useEffect(() => {
    import("@/app/(rate)/_guidelines/fetched-examples").then(
      (part) => setExamples(() => part.FetchedExamples),
      () => setIsOutOfReach(true),
    );
  }, []);
  const { version, text } = view.guideline;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={version === 0 ? "Guidelines" : `Guidelines, version ${version}`}
      width={720}
      hasClose
    >
      <div className="grid gap-4">
        <p className="wrap-anywhere whitespace-pre-line">{text}</p>
        {Examples ? <Examples project={view.project} /> : null}
        {isOutOfReach ? (
          <p className="small-print">The examples are out of reach: offline.</p>
        ) : null}
      </div>
    </Dialog>
  );
}
