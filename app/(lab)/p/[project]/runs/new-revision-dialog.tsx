"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Checkbox, Field, Input } from "@/app/_ui/field";
import { GeneratorParameters } from "@/server/generation/schemas";
import type { Revision } from "./types";

export type NewRevisionDialogProps = { project: string; from: Revision };

/** A revision never changes: other settings, another endpoint or other weights make a new one. */
export function NewRevisionDialog({ project, from }: NewRevisionDialogProps) {
  const [open, setOpen] = useState(false);
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const make = useMutation(
    trpc.generation.makeRevision.mutationOptions({
      onSuccess: async (revision) => {
        await queries.invalidateQueries(trpc.generation.listGenerators.pathFilter());
        setOpen(false);
        router.replace(`?revision=${revision.id}`);
      },
    }),
  );
  const parameters = GeneratorParameters.parse(from.parameters);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = (name: string) => Number(form.get(name));
    make.mutate({
      project,
      generatorId: from.generatorId,
      endpointName: String(form.get("endpoint")),
      method: from.method,
      otherWeights: form.has("otherWeights"),
      parameters: {
        ...parameters,
        steps: number("steps"),
        guidance_scale: number("guidance"),
        width: number("width"),
        height: number("height"),
      },
    });
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>New revision …</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`A new revision of ${from.name}`}
        description="Images and Levels of earlier revisions stay as they are; runs name the revision that drew them."
      >
        <form onSubmit={submit} className="grid grid-cols-2 gap-3 text-13">
          <Field label="Endpoint" className="col-span-2" hint="The name a bridge serves it under.">
            <Input name="endpoint" required defaultValue={from.endpointName} />
          </Field>
          <Field label="Steps">
            <Input
              name="steps"
              type="number"
              min={1}
              max={1000}
              required
              defaultValue={parameters.steps}
            />
          </Field>
          <Field label="Guidance">
            <Input
              name="guidance"
              type="number"
              step="any"
              min={0}
              max={100}
              required
              defaultValue={parameters.guidance_scale}
            />
          </Field>
          <Field label="Width, pixels">
            <Input
              name="width"
              type="number"
              min={64}
              max={2048}
              required
              defaultValue={parameters.width}
            />
          </Field>
          <Field label="Height, pixels">
            <Input
              name="height"
              type="number"
              min={64}
              max={2048}
              required
              defaultValue={parameters.height}
            />
          </Field>
          <Checkbox
            name="otherWeights"
            className="col-span-2"
            label="The endpoint serves other weights than before"
          />
          {make.error ? (
            <p role="alert" className="col-span-2 text-bad">
              {make.error.message}
            </p>
          ) : null}
          <DialogActions>
            <Button type="submit" variant="primary" busy={make.isPending && "Making"}>
              Make the revision
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
