"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useToast } from "@/app/_ui/toaster";
import { MOST_GUESSES_AT_ONCE } from "@/server/mining/domain/inquiry-input";
import { readFilter } from "./pair-filter";

/** Asks what is seen instead for accepted pairs of the filter that name nothing yet. */
export function AskGuesses({ project }: { project: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const filter = { project, ...readFilter(useSearchParams()) };
  const ask = useMutation({
    mutationFn: () => client.mining.requestMissingGuesses.mutate(filter),
    async onSuccess({ asked }) {
      toast(asked === 0 ? "All of them are asked already" : `${guesses(asked)} asked for`);
      await queries.invalidateQueries(trpc.mining.listWaiting.pathFilter());
    },
  });
  return (
    <ConfirmDialog
      trigger="Ask what is seen instead…"
      title="Ask what is seen instead?"
      description={`The proposer guesses C for up to ${MOST_GUESSES_AT_ONCE} accepted pairs of this list that expect nothing yet. Each is one call and counts towards the token budget; what the budget does not cover waits. What people wrote stays.`}
      confirm="Ask"
      busy="Asking"
      onConfirm={() => ask.mutateAsync()}
    />
  );
}

const guesses = (count: number): string => (count === 1 ? "1 guess" : `${count} guesses`);
