"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { LOOP_STEPS, type LoopStep } from "@/db/enums";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { CountField, countOf } from "./count-field";
import { usePatternAct } from "./use-pattern-act";

const MOST = 100;

const STEP = {
  propose: "proposing the next batch",
  prompts: "writing prompts",
  precheck: "the pre-check of four images",
  grid: "rendering the grid of 20",
} satisfies Record<LoopStep, string>;

export type LoopDialogProps = { project: string; pattern: ListedPattern; onClose: () => void };

/** Auto-mode: what a pattern's loop does by itself, and before what it asks. */
export function LoopDialog({ project, pattern, onClose }: LoopDialogProps) {
  const trpc = useTRPC();
  const { onSuccess: readAgain } = usePatternAct();
  const [isAuto, setAuto] = useState(pattern.isAuto);
  const [askSteps, setAskSteps] = useState<readonly LoopStep[]>(pattern.askSteps);
  const [text, setText] = useState(String(pattern.batchSize));
  const batchSize = countOf(text, MOST);
  const save = useMutation(
    trpc.mining.setPatternLoop.mutationOptions({
      onSuccess: async () => {
        await readAgain();
        onClose();
      },
    }),
  );
  const toggle = (step: LoopStep) =>
    setAskSteps((before) =>
      before.includes(step) ? before.filter((other) => other !== step) : [...before, step],
    );

  return (
    <FormDialog
      title={`By itself: ${pattern.name}`}
      description="Propose, prompts, pre-check, grid, then the next batch. It stops for your review, for quick looks and for ratings, at a budget's limit, and when the pattern runs dry."
      submit="Save"
      busy={save.isPending && "Saving"}
      notReady={batchSize === null && `A whole number from 1 to ${MOST}`}
      problem={save.error?.message}
      onSubmit={() =>
        batchSize !== null &&
        save.mutate({
          project,
          patternId: pattern.id,
          isAuto,
          askSteps: [...askSteps],
          batchSize,
        })
      }
      onClose={onClose}
    >
      <Checkbox
        label="Runs by itself"
        checked={isAuto}
        onChange={(event) => setAuto(event.target.checked)}
      />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-mid text-ink">Ask me before</legend>
        {LOOP_STEPS.map((step) => (
          <Checkbox
            key={step}
            label={STEP[step]}
            checked={askSteps.includes(step)}
            disabled={!isAuto}
            onChange={() => toggle(step)}
          />
        ))}
      </fieldset>
      <CountField label="Pairs in a batch" most={MOST} text={text} onChange={setText} />
    </FormDialog>
  );
}
