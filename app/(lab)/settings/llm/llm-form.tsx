"use client";

import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Checkbox, Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { LLM_DEADLINE_SECONDS, LLM_MAX_TOKENS, SetLlm } from "@/server/llm/schemas";
import type { LlmInUse } from "@/server/llm/show-llm";

export type LlmFormProps = { inUse: LlmInUse; onSaved: () => Promise<void> };

export function LlmForm({ inUse, onSaved }: LlmFormProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const known = inUse.source === "offline" ? null : inUse;
  const hasKey = known?.source === "settings" && known.hasKey;
  const [baseUrl, setBaseUrl] = useState(known?.baseUrl ?? "");
  const [model, setModel] = useState(known?.model ?? "");
  const [seconds, setSeconds] = useState(String(known?.deadlineSeconds ?? LLM_DEADLINE_SECONDS));
  const [tokens, setTokens] = useState(String(known?.maxTokens ?? LLM_MAX_TOKENS));
  const [apiKey, setApiKey] = useState("");
  const [isKeyless, setKeyless] = useState(false);
  const save = useMutation(
    trpc.mining.setLlm.mutationOptions({
      onSuccess: async () => {
        toast("Saved; the next question goes there");
        await onSaved();
      },
    }),
  );
  const given = SetLlm.safeParse({
    baseUrl: baseUrl.trim(),
    model,
    deadlineSeconds: Number(seconds),
    maxTokens: Number(tokens),
    apiKey: isKeyless ? null : apiKey || undefined,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (given.success) save.mutate(given.data);
  };

  return (
    <form className="grid gap-3 border-t border-line pt-5" onSubmit={submit}>
      <h2>{known ? "Change it" : "Set up an LLM"}</h2>
      <Field
        label="Base URL"
        hint="Up to and with /v1. Only admins can set it; redirects are not followed."
      >
        <Input
          value={baseUrl}
          inputMode="url"
          placeholder="http://localhost:11434/v1"
          onChange={(event) => setBaseUrl(event.target.value)}
        />
      </Field>
      <Field label="Model">
        <Input
          value={model}
          autoComplete="off"
          placeholder="llama3.1:8b"
          onChange={(event) => setModel(event.target.value)}
        />
      </Field>
      <Field
        label="API key"
        hint={
          hasKey
            ? "A key is stored. It is never shown; leave this empty to keep it. A new base URL needs it again."
            : "Stored encrypted and never shown again. Leave it empty where none is needed."
        }
      >
        <Input
          type="password"
          autoComplete="off"
          value={apiKey}
          disabled={isKeyless}
          onChange={(event) => setApiKey(event.target.value)}
        />
      </Field>
      {hasKey ? (
        <Checkbox
          label="Forget the stored key"
          checked={isKeyless}
          onChange={(event) => setKeyless(event.target.checked)}
        />
      ) : null}
      <Field
        label="Longest wait for an answer, in seconds"
        hint="5 to 900. Small machines need longer."
      >
        <Input
          type="number"
          min={5}
          max={900}
          className="w-28"
          value={seconds}
          onChange={(event) => setSeconds(event.target.value)}
        />
      </Field>
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
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending && "Saving"}
          notReady={!given.success && given.error.issues[0]?.message}
        >
          Save
        </Button>
        {save.error ? (
          <p role="alert" className="text-bad">
            {save.error.message}
          </p>
        ) : null}
      </div>
    </form>
  );
}
