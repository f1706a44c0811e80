"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Checkbox, Field, Textarea } from "@/app/_ui/field";
import { tooLong } from "@/app/_ui/too-long";
import type { Table } from "@/app/(rate)/_session/table";
import { MAX_NOTE_LENGTH } from "@/server/rating/domain/text-limits";

export type NoteDialogProps = {
  table: Table;
  onSave: (note: string, isGuidelineGap: boolean) => void;
  onClose: () => void;
  onSubmit: () => void;
};

export function NoteDialog({ table, onSave, onClose, onSubmit }: NoteDialogProps) {
  const [text, setText] = useState(table.note);
  const [isGap, setIsGap] = useState(table.isGuidelineGap);
  const excess = tooLong(text, MAX_NOTE_LENGTH);
  const save = () => {
    onSave(text.trim(), isGap);
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title="Note on this grid">
      <Field
        label="For the researcher"
        hint="Ctrl+Enter saves it and submits the grid."
        length={{ of: text, most: MAX_NOTE_LENGTH }}
      >
        <Textarea
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.repeat || !(event.ctrlKey || event.metaKey)) return;
            if (excess) return;
            save();
            onSubmit();
          }}
        />
      </Field>
      <Checkbox
        className="mt-2 text-13"
        label="The guidelines do not say what to do here"
        checked={isGap}
        onChange={(event) => setIsGap(event.target.checked)}
      />
      <DialogActions>
        <Button variant="primary" notReady={excess} onClick={save}>
          Save note
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
