"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Textarea } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { MAX_GUIDELINES_LENGTH } from "@/server/rating/schemas";

/** Saving makes a new version; sittings keep naming the one they were done under. */
export function GuidelinesEditor({ project }: { project: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const { data: current } = useSuspenseQuery(trpc.rating.guidelines.queryOptions({ project }));
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? current.text;
  const isChanged = text.trim() !== current.text && text.trim() !== "";
  const save = useMutation({
    ...trpc.rating.setGuidelines.mutationOptions(),
    async onSuccess({ version }) {
      await queries.invalidateQueries(trpc.rating.guidelines.queryFilter({ project }));
      setDraft(null);
      toast(`Guidelines saved as version ${version}. Raters see them from their next grid on.`);
    },
  });
  return (
    <section aria-label="Guidelines" className="grid content-start gap-3">
      <h2>Guidelines, {current.version === 0 ? "as delivered" : `version ${current.version}`}</h2>
      <Field
        label="What raters read under H"
        hint="Every sitting keeps the version it was done under."
        error={save.error?.message}
      >
        <Textarea
          rows={16}
          value={text}
          maxLength={MAX_GUIDELINES_LENGTH}
          onChange={(event) => setDraft(event.target.value)}
        />
      </Field>
      <div className="flex items-center gap-2">
        <Button
          variant="primary"
          busy={save.isPending && "Saving"}
          notReady={isChanged ? false : "Change the text first."}
          onClick={() => save.mutate({ project, text, basedOn: current.version })}
        >
          Save as version {current.version + 1}
        </Button>
        {draft !== null && isChanged ? (
          <Button onClick={() => setDraft(null)}>Discard changes</Button>
        ) : null}
      </div>
    </section>
  );
}
