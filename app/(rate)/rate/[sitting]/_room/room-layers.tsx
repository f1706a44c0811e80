"use client";

import { Dialog } from "@/app/_ui/dialog";
import { fullSize } from "@/app/(rate)/_session/image-address";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import type { Table } from "@/app/(rate)/_session/table";
import type { RatingPreferences } from "@/server/rating/schemas";
import { CannotJudgeDialog } from "./cannot-judge-dialog";
import { KeySheet } from "./key-sheet";
import { NoteDialog } from "./note-dialog";
import { SeenInsteadDialog } from "./seen-instead-dialog";

export type Layer = "guidelines" | "keys" | "note" | "cannotJudge" | "seenInstead" | "zoom" | null;

export type RoomLayersProps = {
  layer: Layer;
  onClose: () => void;
  session: RatingSession;
  table: Table | null;
  keyName: (code: string) => string;
  preferences: RatingPreferences;
  onPreferences: (preferences: RatingPreferences) => void;
};

/** What may lie over the grid, one at a time. */
export function RoomLayers({ layer, onClose, session, table, ...keys }: RoomLayersProps) {
  if (layer === "keys") return <KeySheet {...keys} onClose={onClose} />;
  if (!layer || !table) return null;
  switch (layer) {
    case "zoom":
      return <Zoom table={table} />;
    case "guidelines":
      return (
        <Dialog open onOpenChange={onClose} title="Guidelines" width={620}>
          <p className="whitespace-pre-line">{table.view.guideline.text}</p>
        </Dialog>
      );
    case "note":
      return <NoteDialog note={table.note} onSave={session.writeNote} onClose={onClose} />;
    case "seenInstead":
      return (
        <SeenInsteadDialog
          before={table.view.seenInstead}
          words={session.words()}
          onClose={onClose}
          onSubmit={(words) => {
            onClose();
            session.submit(words);
          }}
        />
      );
    case "cannotJudge":
      return (
        <CannotJudgeDialog
          onClose={onClose}
          onDecide={(reason) => {
            onClose();
            session.cannotJudge(reason);
          }}
        />
      );
  }
}

function Zoom({ table: { grid } }: { table: Table }) {
  const cell = grid.cells[grid.focus];
  if (!cell) return null;
  return (
    <div className="fixed inset-0 z-40 grid place-items-center bg-scrim p-4">
      <img
        src={fullSize(cell.imageId)}
        alt={`Number ${grid.focus + 1}, full size`}
        className="max-h-full max-w-full object-contain shadow-float"
        style={{ minHeight: "min(92vh, 92vw)" }}
      />
    </div>
  );
}
