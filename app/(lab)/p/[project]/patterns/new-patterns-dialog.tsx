"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import { NEW_PATTERNS_MOST } from "@/server/mining/domain/pattern-input";
import { CountField, countOf } from "./count-field";
import { usePatternAct } from "./use-pattern-act";

const USUAL = 3;

/** Phase 3: a person opens it by asking. */
export function NewPatternsDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const { data: proposer } = useSuspenseQuery(trpc.mining.proposerInUse.queryOptions({ project }));
  const { onSuccess: readAgain } = usePatternAct();
  const [text, setText] = useState(String(USUAL));
  const asked = countOf(text, NEW_PATTERNS_MOST);
  const open = useMutation(trpc.loop.openPhase.mutationOptions());
  const request = useMutation(
    trpc.mining.requestNewPatterns.mutationOptions({
      onSuccess: async () => {
        await readAgain();
        toast(asked === 1 ? "Asked for a new pattern" : `Asked for ${asked} new patterns`);
        onClose();
      },
    }),
  );
  const ask = (n: number) =>
    open.mutate({ project, number: 3 }, { onSuccess: () => request.mutate({ project, n }) });

  return (
    <FormDialog
      title="Ask for new patterns"
      description={`${proposer.isOffline ? "The offline proposer" : proposer.model} sees your patterns with their yield and what failed and worked. Its patterns wait for your decision, each beside those it may repeat. This opens phase 3 if it is still closed.`}
      submit={`Ask for ${asked ?? ""} patterns`}
      busy={(open.isPending || request.isPending) && "Asking"}
      notReady={asked === null && `A whole number from 1 to ${NEW_PATTERNS_MOST}`}
      problem={open.error?.message ?? request.error?.message}
      onSubmit={() => asked !== null && ask(asked)}
      onClose={onClose}
    >
      <CountField most={NEW_PATTERNS_MOST} text={text} onChange={setText} />
    </FormDialog>
  );
}
