import { useState } from "react";
import { FormDialog } from "@/app/_ui/form-dialog";
import { CreatePattern } from "@/server/mining/domain/pattern-input";
import { PatternFields } from "../../pattern-fields";
import type { DecideDialogProps } from "./decide-actions";
import { useApprove } from "./use-approve";

export function ApproveAsDialog({ project, detail, onDone, onClose }: DecideDialogProps) {
  const { id: patternId, name, definition, category } = detail.pattern;
  const [words, setWords] = useState<CreatePattern>({ name, definition, category });
  const approve = useApprove(detail.examples, onDone);
  const checked = CreatePattern.safeParse(words);
  return (
    <FormDialog
      title="Edit and approve"
      width={520}
      submit="Approve"
      busy={approve.isPending && "Approving"}
      notReady={!checked.success && checked.error.issues[0]?.message}
      onSubmit={() => checked.success && approve.mutate({ project, patternId, ...checked.data })}
      onClose={onClose}
    >
      <PatternFields words={words} onChange={setWords} problem={approve.error?.message} />
    </FormDialog>
  );
}
