"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Select } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import type { Revision } from "./types";

export type StartRunProps = {
  project: string;
  revisions: readonly Revision[];
  chosenId: string | undefined;
};

/** Says what a press would add before it is pressed. */
export function StartRun({ project, revisions, chosenId }: StartRunProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const queries = useQueryClient();
  const { data: plan } = useSuspenseQuery(
    trpc.generation.previewRun.queryOptions({ project, generatorRevisionId: chosenId }),
  );
  const start = useMutation(
    trpc.generation.startRun.mutationOptions({
      onSuccess: (run) => {
        void queries.invalidateQueries(trpc.generation.listRuns.pathFilter());
        router.push(`/p/${project}/runs/${run.number}`);
      },
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <section aria-label="Start a run" className="panel mb-3.5 flex items-end gap-6 px-3.5 py-3">
      <Field label="Generator" className="w-[320px]">
        <Select
          value={chosenId ?? revisions[0]?.id ?? ""}
          onChange={(event) => router.replace(`?revision=${event.target.value}`)}
        >
          {revisions.map((revision) => (
            <option key={revision.id} value={revision.id}>
              {revision.name}, revision {revision.number}
            </option>
          ))}
        </Select>
      </Field>
      <p className="flex-1 pb-1.5 text-13">{planWords(plan)}</p>
      <Button
        variant="primary"
        busy={start.isPending && "Starting"}
        notReady={plan.pairs === 0 && "Nothing to add"}
        onClick={() => start.mutate({ project, generatorRevisionId: chosenId })}
      >
        Draw {plan.pairs === 1 ? "1 pair" : `${plan.pairs} pairs`}
      </Button>
    </section>
  );
}

type Plan = { accepted: number; ready: number; pairs: number; images: number };

function planWords({ accepted, ready, pairs, images }: Plan): string {
  if (accepted === 0) return "No pair is accepted yet: review the proposed ones under Pairs.";
  const waiting = accepted - ready;
  const later = waiting > 0 ? ` ${waiting} more wait for their prompts or a first look.` : "";
  if (pairs === 0) return `All ${ready} pairs that are ready have been asked for.${later}`;
  return `${ready} of ${accepted} accepted pairs are ready; ${pairs} not drawn yet, ${images} images.${later}`;
}
