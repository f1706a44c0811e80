"use client";

import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import type { Table } from "@/app/(rate)/_session/table";
import { restOf } from "@/server/rating/domain/grid-progress";
import type { RatingPreferences } from "@/server/rating/schemas";
import { CannotJudgeDialog } from "./cannot-judge-dialog";
import { GuidelinesDialog } from "./guidelines-dialog";
import { KeySheet } from "./key-sheet";
import { NoteDialog } from "./note-dialog";
import { RestDialog } from "./rest-dialog";
import { SeenInsteadDialog } from "./seen-instead-dialog";
import type { KeyNames } from "./use-key-labels";
import { Zoom } from "./zoom";

export type Layer =
  | "guidelines"
  | "keys"
  | "note"
  | "cannotJudge"
  | "rest"
  | "seenInstead"
  | "zoom"
  | null;

export type RoomLayersProps = {
  layer: Layer;
  onClose: () => void;
  onSubmit: () => void;
  session: RatingSession;
  table: Table | null;
  columns: number;
  keys: KeyNames;
  preferences: RatingPreferences;
  onPreferences: (preferences: RatingPreferences) => void;
};

/** What may lie over the grid, one at a time. */
export function RoomLayers({
  layer,
  onClose,
  onSubmit,
  session,
  table,
  columns,
  ...sheet
}: RoomLayersProps) {
  if (layer === "keys") return <KeySheet {...sheet} onClose={onClose} />;
  if (!layer || !table) return null;
  switch (layer) {
    case "zoom":
      return <Zoom table={table} columns={columns} />;
    case "guidelines":
      return <GuidelinesDialog view={table.view} onClose={onClose} />;
    case "note":
      return (
        <NoteDialog
          table={table}
          onSave={session.writeNote}
          onClose={onClose}
          onSubmit={onSubmit}
        />
      );
    case "rest":
      return (
        <RestDialog
          count={restOf(table.grid).length}
          keys={sheet.keys}
          onClose={onClose}
          onDecide={(verdict) => {
            onClose();
            session.act({ type: "judgeRest", verdict });
          }}
        />
      );
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
