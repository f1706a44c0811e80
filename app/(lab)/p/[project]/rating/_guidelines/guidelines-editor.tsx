"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { Button } from "@/app/_ui/button";
import { Field, Textarea } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { tooLong } from "@/app/_ui/too-long";
import type { ShownExample } from "@/server/rating/guideline-examples";
import { MAX_CAPTION_LENGTH, MAX_GUIDELINES_LENGTH } from "@/server/rating/schemas";
import { EditExamples } from "./edit-examples";
import { Versions } from "./versions";

type Written = { text: string; examples: readonly ShownExample[] };
/** `basedOn`: what stood when it was begun; a version that comes meanwhile is not written over. */
type Draft = Written & { basedOn: number };

/** Saving makes a new version; sittings keep naming the one they were done under. */
export function GuidelinesEditor({ project }: { project: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const { data: current } = useSuspenseQuery(trpc.rating.guidelines.queryOptions({ project }));
  const [draft, setDraft] = useState<Draft | null>(null);
  const { text, examples, basedOn } = draft ?? { ...current, basedOn: current.version };
  const missing = notReady({ text, examples }, current);
  useLive(project, (event) => {
    if (event !== "resync" && event.topic !== "guidelines") return;
    void queries.invalidateQueries(trpc.rating.guidelines.queryFilter({ project }));
    void queries.invalidateQueries(trpc.rating.guidelineVersions.pathFilter());
  });
  const save = useMutation({
    ...trpc.rating.setGuidelines.mutationOptions(),
    async onSuccess({ version }) {
      await Promise.all([
        queries.invalidateQueries(trpc.rating.guidelines.queryFilter({ project })),
        queries.invalidateQueries(trpc.rating.guidelineVersions.pathFilter()),
      ]);
      setDraft(null);
      toast(`Guidelines saved as version ${version}. Raters see them from their next grid on.`);
    },
  });
  const send = () => {
    const stored = examples.map(({ imageId, verdict, caption }) => ({ imageId, verdict, caption }));
    save.mutate({ project, text, examples: stored, basedOn });
  };
  return (
    <div className="grid content-start gap-8">
      <section aria-label="Guidelines" className="grid content-start gap-3">
        <h2>Guidelines, {current.version === 0 ? "as delivered" : `version ${current.version}`}</h2>
        <Field
          label="What raters read under H"
          hint="Every sitting keeps the version it was done under."
          error={save.error?.message}
          length={{ of: text, most: MAX_GUIDELINES_LENGTH }}
        >
          <Textarea
            rows={14}
            value={text}
            onChange={(event) => setDraft({ text: event.target.value, examples, basedOn })}
          />
        </Field>
        <EditExamples
          project={project}
          examples={examples}
          onChange={(changed) => setDraft({ text, examples: changed, basedOn })}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button
            variant="primary"
            busy={save.isPending && "Saving"}
            notReady={missing}
            onClick={send}
          >
            Save as version {basedOn + 1}
          </Button>
          {draft !== null ? <Button onClick={() => setDraft(null)}>Discard changes</Button> : null}
        </div>
      </section>
      <Versions
        project={project}
        onStartFrom={({ text: old, examples: shown }) => {
          setDraft({ text: old, examples: shown, basedOn: current.version });
          toast("The old version is in the editor; nothing is saved yet.");
        }}
      />
    </div>
  );
}

function notReady(draft: Written, current: Written): string | false {
  if (draft.text.trim() === "") return "Write the guidelines first.";
  if (draft.examples.some(({ caption }) => caption.trim() === ""))
    return "Give each example a caption.";
  const long = draft.examples.findIndex(({ caption }) => tooLong(caption, MAX_CAPTION_LENGTH));
  const excess = tooLong(draft.text, MAX_GUIDELINES_LENGTH);
  if (excess) return excess;
  if (long >= 0)
    return `Example ${long + 1}: ${tooLong(draft.examples[long]?.caption ?? "", MAX_CAPTION_LENGTH)}`;
  return said(draft) === said(current) && "Change something first.";
}

const said = ({ text, examples }: Written) =>
  JSON.stringify([
    text.trim(),
    examples.map(({ imageId, verdict, caption }) => [imageId, verdict, caption.trim()]),
  ]);
