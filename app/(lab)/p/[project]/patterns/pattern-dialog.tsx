"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input, Select, Textarea } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import type { PatternCategory } from "@/db/enums";
import { CreatePattern } from "@/server/mining/domain/pattern-input";
import type { ListedPattern } from "@/server/mining/list-patterns";

export type PatternDialogProps = {
  project: string;
  /** null names a new one. */
  pattern: ListedPattern | null;
  onClose: () => void;
};

export function PatternDialog({ project, pattern, onClose }: PatternDialogProps) {
  const [name, setName] = useState(pattern?.name ?? "");
  const [definition, setDefinition] = useState(pattern?.definition ?? "");
  const [category, setCategory] = useState<PatternCategory>(pattern?.category ?? "lcmis");
  const { save, isPending, problem } = useSavePattern(project, pattern, onClose);
  const checked = CreatePattern.safeParse({ name, definition, category });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={pattern ? `Edit ${pattern.name}` : "New pattern"}
      width={520}
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.success) save(checked.data);
        }}
      >
        <Field label="Name" error={problem}>
          <Input
            value={name}
            autoComplete="off"
            placeholder="Beverage and incorrect container"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field
          label="Definition"
          hint="What concept A is, what concept B is, and what the generator draws instead. The LLM reads this."
        >
          <Textarea value={definition} onChange={(event) => setDefinition(event.target.value)} />
        </Field>
        <Field
          label="Kind"
          hint="LC-Mis: a third, unnamed concept takes the place of one. Traditional: one of the two is dropped or mixed."
        >
          <Select
            value={category}
            onChange={(event) =>
              setCategory(event.target.value === "lcmis" ? "lcmis" : "traditional")
            }
          >
            <option value="lcmis">LC-Mis</option>
            <option value="traditional">Traditional</option>
          </Select>
        </Field>
        <DialogActions>
          <Button
            type="submit"
            variant="primary"
            busy={isPending && "Saving"}
            notReady={!checked.success && checked.error.issues[0]?.message}
          >
            {pattern ? "Save" : "Add pattern"}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Back <Key>Esc</Key>
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function useSavePattern(project: string, pattern: ListedPattern | null, onSaved: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = async () => {
    await queryClient.invalidateQueries(trpc.mining.listPatterns.queryFilter({ project }));
    onSaved();
  };
  const create = useMutation(trpc.mining.createPattern.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.mining.updatePattern.mutationOptions({ onSuccess }));
  const save = (input: CreatePattern) =>
    pattern
      ? update.mutate({ project, patternId: pattern.id, ...input })
      : create.mutate({ project, ...input });
  return {
    save,
    isPending: create.isPending || update.isPending,
    problem: create.error?.message ?? update.error?.message,
  };
}
