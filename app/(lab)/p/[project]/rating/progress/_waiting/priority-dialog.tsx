"use client";

import { useState } from "react";
import { Field, Input } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { SetPriority } from "@/server/rating/schemas";
import type { WaitingDialogProps } from "./assign-dialog";
import { useSetPriority } from "./use-set-priority";

/** What the chosen pairs' grids come before or after. */
export function PriorityDialog({ project, pairIds, onClose }: WaitingDialogProps) {
  const [text, setText] = useState("10");
  const set = useSetPriority(project, {
    words: (grids) => `Priority set for ${grids === 1 ? "1 grid" : `${grids} grids`}.`,
    onDone: onClose,
  });
  const priority = SetPriority.shape.priority.safeParse(text === "" ? null : Number(text));
  return (
    <FormDialog
      title="Priority"
      description="Grids of a higher priority are handed out first. All grids of the chosen pairs take it."
      submit="Set it"
      busy={set.isPending && "Setting"}
      notReady={!priority.success && "A whole number from -100 to 100."}
      problem={set.error?.message}
      onSubmit={() =>
        priority.success && set.mutate({ project, pairIds: [...pairIds], priority: priority.data })
      }
      onClose={onClose}
    >
      <Field label="Priority" hint="0 is the usual one; from -100 to 100.">
        <Input
          type="number"
          className="w-24"
          min={-100}
          max={100}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
    </FormDialog>
  );
}
