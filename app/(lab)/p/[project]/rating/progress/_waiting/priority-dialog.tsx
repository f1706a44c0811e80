"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Field, Input } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import { SetPriority } from "@/server/rating/schemas";
import type { WaitingDialogProps } from "./assign-dialog";
import { useRefreshed } from "./use-refreshed";

/** What the chosen pairs' grids come before or after. */
export function PriorityDialog({ project, pairIds, onClose }: WaitingDialogProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = useRefreshed();
  const [text, setText] = useState("10");
  const undo = useMutation({ ...trpc.rating.setPriority.mutationOptions(), onSuccess: refresh });
  const set = useMutation({
    ...trpc.rating.setPriority.mutationOptions(),
    async onSuccess({ grids, before }) {
      await refresh();
      toast(`Priority set for ${grids === 1 ? "1 grid" : `${grids} grids`}.`, {
        undo: () => {
          for (const one of before) undo.mutate({ project, ...one });
        },
      });
      onClose();
    },
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
