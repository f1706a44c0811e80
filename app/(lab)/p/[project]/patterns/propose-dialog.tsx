"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { CountField, countOf } from "./count-field";
import { usePatternAct } from "./use-pattern-act";

const USUAL = 10;
const MOST = 100;

export type ProposeDialogProps = { project: string; pattern: ListedPattern; onClose: () => void };

/** Asks for a batch of new pairs of one pattern; the proposals then wait in the review queue. */
export function ProposeDialog({ project, pattern, onClose }: ProposeDialogProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const { onSuccess: readAgain } = usePatternAct();
  const [text, setText] = useState(String(USUAL));
  const asked = countOf(text, MOST);
  const request = useMutation(
    trpc.mining.requestBatch.mutationOptions({
      onSuccess: async () => {
        await readAgain();
        toast(`Asked for ${asked} pairs of ${pattern.name}`);
        onClose();
      },
    }),
  );

  return (
    <FormDialog
      title={`Propose pairs: ${pattern.name}`}
      description="Every proposal waits for your decision. Repeats of what you have are kept apart, beside their twin."
      submit={`Propose ${asked ?? ""} pairs`}
      busy={request.isPending && "Asking"}
      notReady={asked === null && `A whole number from 1 to ${MOST}`}
      problem={request.error?.message}
      onSubmit={() =>
        asked !== null && request.mutate({ project, patternId: pattern.id, n: asked })
      }
      onClose={onClose}
    >
      <CountField most={MOST} text={text} onChange={setText} />
    </FormDialog>
  );
}
