import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { MeaningLimits } from "@/server/mining/domain/meaning/limits";
import type { EmbedderInUse } from "@/server/mining/show-embedder";
import { SaveRow } from "../_server/save-row";

export type LimitsFormProps = { inUse: EmbedderInUse; onSaved: () => Promise<void> };

/** Each embedder has limits of its own: a cosine of .9 means another thing for each. */
export function LimitsForm({ inUse, onSaved }: LimitsFormProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const [flag, setFlag] = useState(String(inUse.limits.flag));
  const [automatic, setAutomatic] = useState(String(inUse.limits.automatic));
  const save = useMutation(
    trpc.mining.setMeaningLimits.mutationOptions({
      onSuccess: async () => {
        toast("Saved; what was decided before stays");
        await onSaved();
      },
    }),
  );
  const given = MeaningLimits.safeParse({ flag: Number(flag), automatic: Number(automatic) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (given.success) save.mutate(given.data);
  };
  const bind = (value: string, set: (value: string) => void) => ({
    type: "number",
    min: 0.5,
    max: 1,
    step: 0.01,
    className: "w-28",
    value,
    onChange: (event: { target: { value: string } }) => set(event.target.value),
  });

  return (
    <form className="grid gap-3 border-t border-line pt-5" onSubmit={submit}>
      <h2>Limits of this embedder</h2>
      <Field
        label="Show beside its twin from"
        hint={`A cosine, 0.5 to 1. The pair stays a new one. It starts at ${inUse.start.flag}.`}
      >
        <Input {...bind(flag, setFlag)} />
      </Field>
      <Field
        label="Count as a repeat from"
        hint={`At least as much. A person can still overrule. It starts at ${inUse.start.automatic}.`}
      >
        <Input {...bind(automatic, setAutomatic)} />
      </Field>
      <SaveRow
        label="Save limits"
        isMain={false}
        save={save}
        missing={!given.success && given.error.issues[0]?.message}
      />
    </form>
  );
}
