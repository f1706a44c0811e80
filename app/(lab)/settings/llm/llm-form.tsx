"use client";

import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { LLM_DEADLINE_SECONDS, LLM_MAX_TOKENS, SetLlm } from "@/server/llm/schemas";
import type { LlmInUse } from "@/server/llm/show-llm";
import { SaveRow } from "../_server/save-row";
import { ServerFields, useServer } from "../_server/server-fields";

export type LlmFormProps = { inUse: LlmInUse; onSaved: () => Promise<void> };

export function LlmForm({ inUse, onSaved }: LlmFormProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const known = inUse.source === "offline" ? null : inUse;
  const server = useServer(known, LLM_DEADLINE_SECONDS);
  const [tokens, setTokens] = useState(String(known?.maxTokens ?? LLM_MAX_TOKENS));
  const save = useMutation(
    trpc.mining.setLlm.mutationOptions({
      onSuccess: async () => {
        toast("Saved; the next question goes there");
        await onSaved();
      },
    }),
  );
  const given = SetLlm.safeParse({ ...server.given, maxTokens: Number(tokens) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (given.success) save.mutate(given.data);
  };

  return (
    <form className="grid gap-3 border-t border-line pt-5" onSubmit={submit}>
      <h2>{known ? "Change it" : "Set up an LLM"}</h2>
      <ServerFields server={server} modelExample="llama3.1:8b" />
      <Field
        label="Longest answer, in tokens"
        hint="256 to 100,000. So many are set aside from a project's budget before each question; models that think aloud need more."
      >
        <Input
          type="number"
          min={256}
          max={100_000}
          className="w-28"
          value={tokens}
          onChange={(event) => setTokens(event.target.value)}
        />
      </Field>
      <SaveRow save={save} missing={!given.success && given.error.issues[0]?.message} />
    </form>
  );
}
