"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input } from "@/app/_ui/field";
import { tooLong } from "@/app/_ui/too-long";
import { MAX_REASON_LENGTH } from "@/server/rating/domain/text-limits";

const COMMON_REASONS = [
  "I do not know one of the concepts",
  "The prompts can be read in two ways",
  "The images distress me",
];

export type CannotJudgeDialogProps = { onDecide: (reason: string) => void; onClose: () => void };

export function CannotJudgeDialog({ onDecide, onClose }: CannotJudgeDialogProps) {
  const [reason, setReason] = useState("");
  const missing = reason.trim() ? tooLong(reason, MAX_REASON_LENGTH) : "Give a reason first.";
  const decide = (event: FormEvent) => {
    event.preventDefault();
    if (!missing) onDecide(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="You cannot judge this grid?"
      description="It goes to another rater and does not come back to you. Say why, so that the researcher can mend it."
    >
      <form onSubmit={decide} className="grid gap-3">
        <div className="flex flex-wrap gap-1.5">
          {COMMON_REASONS.map((common) => (
            <Button key={common} size={26} onClick={() => setReason(common)}>
              {common}
            </Button>
          ))}
        </div>
        <Field label="Reason" length={{ of: reason, most: MAX_REASON_LENGTH }}>
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <DialogActions>
          <Button type="submit" variant="primary" notReady={missing}>
            Pass it on
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
