"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Textarea } from "@/app/_ui/field";
import { MAX_NOTE_LENGTH } from "@/server/rating/schemas";

export type NoteDialogProps = { note: string; onSave: (note: string) => void; onClose: () => void };

export function NoteDialog({ note, onSave, onClose }: NoteDialogProps) {
  const [text, setText] = useState(note);
  const save = () => {
    onSave(text.trim());
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title="Note on this grid">
      <Field label="For the researcher" hint="Ctrl+Enter saves.">
        <Textarea
          value={text}
          maxLength={MAX_NOTE_LENGTH}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
          }}
        />
      </Field>
      <DialogActions>
        <Button variant="primary" onClick={save}>
          Save note
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
