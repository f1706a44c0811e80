"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import type { EmbedderInUse } from "@/server/mining/show-embedder";
import { TestServer } from "../_server/test-server";
import { EmbeddingsForm } from "./embeddings-form";
import { LimitsForm } from "./limits-form";

/** What compares concepts by meaning, for the whole instance. */
export function MeaningSettings() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: inUse } = useSuspenseQuery(trpc.mining.showEmbedder.queryOptions());
  const test = useMutation(trpc.mining.testEmbedder.mutationOptions());
  const clear = useMutation(trpc.mining.clearEmbeddings.mutationOptions());
  const refresh = async () => {
    test.reset();
    await queries.invalidateQueries(trpc.mining.pathFilter());
  };

  return (
    <div className="grid max-w-[560px] gap-5">
      <div>
        <h1>
          {inUse.source === "built-in"
            ? "The built-in embedder is in use"
            : `${inUse.model} is in use`}
        </h1>
        <p className="mt-1 text-ink-2">{saysOf(inUse)}</p>
      </div>
      <TestServer test={test} busy="Comparing three concepts" />
      <LimitsForm key={`limits of ${inUse.id}`} inUse={inUse} onSaved={refresh} />
      <EmbeddingsForm key={`endpoint ${inUse.id}`} inUse={inUse} onSaved={refresh} />
      {inUse.source === "settings" ? (
        <div className="border-t border-line pt-5">
          <ConfirmDialog
            trigger="Remove this endpoint…"
            triggerProps={{ variant: "danger" }}
            title="Remove the embeddings endpoint?"
            description="The address, the model and the key are forgotten; what it has said of concepts is kept. The endpoint of the environment compares then, or the built-in embedder."
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

function saysOf(inUse: EmbedderInUse): string {
  if (inUse.source === "built-in")
    return "No endpoint is set up. The built-in embedder knows spelling, word form and about 270 groups of everyday synonyms, and takes what a concept is for more than what is said about it. It does not know meaning at large: a synonym that is not on its list is another concept to it. Any server that speaks the embeddings protocol can take its place.";
  const key = inUse.hasKey ? "with a key" : "without a key";
  const where = inUse.source === "environment" ? "from the environment" : "set here";
  return `It answers at ${inUse.baseUrl}, ${key}, ${where}. While it is away, batches wait.`;
}
