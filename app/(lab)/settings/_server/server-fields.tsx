import { useState } from "react";
import { Checkbox, Field, Input } from "@/app/_ui/field";

export type KnownServer = {
  source: "settings" | "environment";
  baseUrl: string;
  model: string;
  hasKey: boolean;
  deadlineSeconds: number;
};

/** What a person types to name a server; the key is only ever typed, never read back. */
export function useServer(known: KnownServer | null, deadlineSeconds: number) {
  const hasKey = known?.source === "settings" && known.hasKey;
  const [baseUrl, setBaseUrl] = useState(known?.baseUrl ?? "");
  const [model, setModel] = useState(known?.model ?? "");
  const [seconds, setSeconds] = useState(String(known?.deadlineSeconds ?? deadlineSeconds));
  const [apiKey, setApiKey] = useState("");
  const [isKeyless, setKeyless] = useState(false);
  return {
    hasKey,
    typed: { baseUrl, model, seconds, apiKey, isKeyless },
    set: {
      baseUrl: setBaseUrl,
      model: setModel,
      seconds: setSeconds,
      apiKey: setApiKey,
      isKeyless: setKeyless,
    },
    given: {
      baseUrl: baseUrl.trim(),
      model,
      deadlineSeconds: Number(seconds),
      apiKey: isKeyless ? null : apiKey || undefined,
    },
  };
}

export type ServerFieldsProps = { server: ReturnType<typeof useServer>; modelExample: string };

export function ServerFields({ server: { hasKey, typed, set }, modelExample }: ServerFieldsProps) {
  return (
    <>
      <Field
        label="Base URL"
        hint="Up to and with /v1. Only admins can set it; redirects are not followed."
      >
        <Input
          value={typed.baseUrl}
          inputMode="url"
          placeholder="http://localhost:11434/v1"
          onChange={(event) => set.baseUrl(event.target.value)}
        />
      </Field>
      <Field label="Model">
        <Input
          value={typed.model}
          autoComplete="off"
          placeholder={modelExample}
          onChange={(event) => set.model(event.target.value)}
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
          value={typed.apiKey}
          disabled={typed.isKeyless}
          onChange={(event) => set.apiKey(event.target.value)}
        />
      </Field>
      {hasKey ? (
        <Checkbox
          label="Forget the stored key"
          checked={typed.isKeyless}
          onChange={(event) => set.isKeyless(event.target.checked)}
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
          value={typed.seconds}
          onChange={(event) => set.seconds(event.target.value)}
        />
      </Field>
    </>
  );
}
