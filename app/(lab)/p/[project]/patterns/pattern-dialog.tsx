"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { FormDialog } from "@/app/_ui/form-dialog";
import { CreatePattern } from "@/server/mining/domain/pattern-input";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { PatternFields } from "./pattern-fields";
import { usePatternAct } from "./use-pattern-act";

export type PatternDialogProps = {
  project: string;
  /** null names a new one. */
  pattern: Pick<ListedPattern, "id" | "name" | "definition" | "category"> | null;
  onClose: () => void;
};

export function PatternDialog({ project, pattern, onClose }: PatternDialogProps) {
  const [words, setWords] = useState<CreatePattern>({
    name: pattern?.name ?? "",
    definition: pattern?.definition ?? "",
    category: pattern?.category ?? "lcmis",
  });
  const { save, isPending, problem } = useSavePattern(project, pattern?.id ?? null, onClose);
  const checked = CreatePattern.safeParse(words);

  return (
    <FormDialog
      title={pattern ? `Edit ${pattern.name}` : "New pattern"}
      width={520}
      submit={pattern ? "Save" : "Add pattern"}
      busy={isPending && "Saving"}
      notReady={!checked.success && checked.error.issues[0]?.message}
      onSubmit={() => checked.success && save(checked.data)}
      onClose={onClose}
    >
      <PatternFields words={words} onChange={setWords} problem={problem} />
    </FormDialog>
  );
}

function useSavePattern(project: string, patternId: string | null, onSaved: () => void) {
  const trpc = useTRPC();
  const { onSuccess: readAgain } = usePatternAct();
  const onSuccess = async () => {
    await readAgain();
    onSaved();
  };
  const create = useMutation(trpc.mining.createPattern.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.mining.updatePattern.mutationOptions({ onSuccess }));
  const save = (input: CreatePattern) =>
    patternId
      ? update.mutate({ project, patternId, ...input })
      : create.mutate({ project, ...input });
  return {
    save,
    isPending: create.isPending || update.isPending,
    problem: create.error?.message ?? update.error?.message,
  };
}
