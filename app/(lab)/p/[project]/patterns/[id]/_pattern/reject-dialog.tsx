import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import { tooLong } from "@/app/_ui/too-long";
import { usePatternAct } from "../../use-pattern-act";
import type { DecideDialogProps } from "./decide-actions";

const USUAL = ["Too close to another", "Too vague", "Cannot be drawn", "Not about two concepts"];

export function RejectDialog({ project, detail, onDone, onClose }: DecideDialogProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const act = usePatternAct();
  const [reason, setReason] = useState("");
  const patternId = detail.pattern.id;
  const reconsider = useMutation(trpc.mining.reconsiderPattern.mutationOptions(act));
  const reject = useMutation(
    trpc.mining.rejectPattern.mutationOptions({
      onSuccess: async () => {
        await act.onSuccess();
        toast("Pattern rejected", { undo: () => reconsider.mutate({ project, patternId }) });
        onDone();
      },
    }),
  );
  return (
    <FormDialog
      title={`Reject ${detail.pattern.name}`}
      submit="Reject"
      busy={reject.isPending && "Rejecting"}
      notReady={reason.trim() === "" ? "Say why, in a few words" : tooLong(reason, 500)}
      problem={reject.error?.message}
      onSubmit={() => reject.mutate({ project, patternId, reason })}
      onClose={onClose}
    >
      <div className="flex flex-wrap gap-1.5">
        {USUAL.map((words) => (
          <Button key={words} size={26} onClick={() => setReason(words)}>
            {words}
          </Button>
        ))}
      </div>
      <Field label="Reason" length={{ of: reason, most: 500 }}>
        <Input value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
