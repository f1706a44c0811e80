"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import type { LlmInUse } from "@/server/llm/show-llm";
import { TestServer } from "../_server/test-server";
import { LlmForm } from "./llm-form";

/** Which LLM proposes pairs and writes prompts, for the whole instance. */
export function LlmSettings() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: inUse } = useSuspenseQuery(trpc.mining.showLlm.queryOptions());
  const test = useMutation(trpc.mining.testLlm.mutationOptions());
  const clear = useMutation(trpc.mining.clearLlm.mutationOptions());
  const refresh = async () => {
    test.reset();
    await queries.invalidateQueries(trpc.mining.pathFilter());
  };

  return (
    <div className="grid max-w-[560px] gap-5">
      <div>
        <h1>{titleOf(inUse)}</h1>
        <p className="mt-1 text-ink-2">{saysOf(inUse)}</p>
      </div>
      <TestServer test={test} busy="Asking one short question" />
      <LlmForm key={JSON.stringify(inUse)} inUse={inUse} onSaved={refresh} />
      {inUse.source === "settings" ? (
        <div className="border-t border-line pt-5">
          <ConfirmDialog
            trigger="Remove these settings…"
            triggerProps={{ variant: "danger" }}
            title="Remove the LLM?"
            description="The address, the model and the key are forgotten. The LLM of the environment answers then, or the offline proposer."
            confirm="Remove"
            busy="Removing"
            onConfirm={async () => {
              await clear.mutateAsync();
              await refresh();
            }}
          />
        </div>
      ) : null}
    </div>
  );
}

const titleOf = (inUse: LlmInUse) =>
  inUse.source === "offline" ? "The offline proposer is in use" : `${inUse.model} is in use`;

function saysOf(inUse: LlmInUse): string {
  if (inUse.source === "offline")
    return "No LLM is set up. A small lexicon with a grammar proposes pairs of four families and writes prompts. Any server that speaks chat-completions can take its place: vLLM, llama.cpp, Ollama or a hosted one.";
  const key = inUse.hasKey ? "with a key" : "without a key";
  const where = inUse.source === "environment" ? "from the environment" : "set here";
  return `It answers at ${inUse.baseUrl}, ${key}, ${where}.`;
}
