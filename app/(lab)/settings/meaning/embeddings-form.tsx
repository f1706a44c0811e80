import { useMutation } from "@tanstack/react-query";
import type { SyntheticEvent } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import { EMBEDDINGS_DEADLINE_SECONDS, SetEmbeddings } from "@/server/llm/schemas";
import type { EmbedderInUse } from "@/server/mining/show-embedder";
import { SaveRow } from "../_server/save-row";
import { ServerFields, useServer } from "../_server/server-fields";

export type EmbeddingsFormProps = { inUse: EmbedderInUse; onSaved: () => Promise<void> };

export function EmbeddingsForm({ inUse, onSaved }: EmbeddingsFormProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const known = inUse.source === "built-in" ? null : inUse;
  const server = useServer(known, EMBEDDINGS_DEADLINE_SECONDS);
  const save = useMutation(
    trpc.mining.setEmbeddings.mutationOptions({
      onSuccess: async () => {
        toast("Saved; the next batch is compared there");
        await onSaved();
      },
    }),
  );
  const given = SetEmbeddings.safeParse(server.given);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (given.success) save.mutate(given.data);
  };

  return (
    <form className="grid gap-3 border-t border-line pt-5" onSubmit={submit}>
      <h2>{known ? "Change the endpoint" : "Set up an endpoint"}</h2>
      <ServerFields server={server} modelExample="nomic-embed-text" />
      <SaveRow save={save} missing={!given.success && given.error.issues[0]?.message} />
    </form>
  );
}
