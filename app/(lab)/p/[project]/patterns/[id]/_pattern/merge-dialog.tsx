import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Field, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import { usePatternAct } from "../../use-pattern-act";
import type { DecideDialogProps } from "./decide-actions";

/** The closest pattern is chosen already; its overlap stands behind its name. */
export function MergeDialog({ project, detail, onDone, onClose }: DecideDialogProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const { onSuccess: readAgain } = usePatternAct();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const approved = patterns.filter(({ state }) => state === "approved");
  const nearest = detail.overlaps.find(({ pattern }) => pattern.state === "approved");
  const [intoId, setIntoId] = useState(nearest?.pattern.id ?? "");
  const into = approved.find(({ id }) => id === intoId);
  const merge = useMutation(
    trpc.mining.mergePattern.mutationOptions({
      onSuccess: async () => {
        await readAgain();
        toast(`Merged into ${into?.name}`);
        onDone();
      },
    }),
  );
  return (
    <FormDialog
      title={`Merge ${detail.pattern.name}`}
      description="It stands in the other's name from then on, and its example pairs wait for review there. This cannot be taken back."
      submit="Merge"
      busy={merge.isPending && "Merging"}
      notReady={!into && "Choose a pattern"}
      problem={merge.error?.message}
      onSubmit={() => merge.mutate({ project, patternId: detail.pattern.id, intoId })}
      onClose={onClose}
    >
      <Field label="Into">
        <Select value={intoId} onChange={(event) => setIntoId(event.target.value)}>
          <option value="">Choose a pattern</option>
          {approved.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </FormDialog>
  );
}
