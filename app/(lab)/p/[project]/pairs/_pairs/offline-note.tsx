"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";

/** Says who proposes and writes prompts, so that nobody takes the lexicon for a language model. */
export function OfflineNote({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.mining.proposerInUse.queryOptions({ project }));
  if (!data.isOffline) return <>{data.model} proposes pairs and writes prompts.</>;
  return (
    <>
      The offline proposer is in use: a small lexicon with a grammar, not a language model. An admin
      can set up an LLM in Settings.
    </>
  );
}
