"use client";

import { useMutation } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Textarea } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import type { Detail } from "./detail";

const NUMBERS = [1, 2, 3, 4, 5] as const;

export type EditPromptsProps = { project: string; detail: Detail };

/** Writes a new version; the one in use keeps its images. */
export function EditPrompts({ project, detail: { pair, promptSets } }: EditPromptsProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const save = useMutation(
    trpc.mining.savePromptSet.mutationOptions({
      onSuccess: () => {
        setIsOpen(false);
        toast("A new version of the prompts is in use. Render the pair to see them drawn.");
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const prompts = NUMBERS.map((number) => String(form.get(`prompt-${number}`) ?? ""));
    save.mutate({ project, pairId: pair.id, prompts });
  };
  const current = promptSets[0]?.prompts ?? [];

  return (
    <>
      <Button size={26} variant="quiet" onClick={() => setIsOpen(true)}>
        <Pencil aria-hidden />
        {current.length > 0 ? "Edit" : "Write them"}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={`Prompts for ${pair.conceptA} × ${pair.conceptB}`}
        description={`Both concepts must be visible in each${pair.latent ? `; never name ${pair.latent}` : ""}. Saving makes a new version: images of the old one stay.`}
        width={680}
      >
        <form onSubmit={submit} className="grid gap-3">
          {NUMBERS.map((number) => (
            <Field key={number} label={`Prompt ${number}`}>
              <Textarea
                name={`prompt-${number}`}
                rows={2}
                defaultValue={current[number - 1]?.text ?? ""}
              />
            </Field>
          ))}
          <DialogActions>
            {save.error ? (
              <p role="alert" className="basis-full text-12 text-bad">
                {save.error.message}
              </p>
            ) : null}
            <Button type="submit" variant="primary" busy={save.isPending && "Saving"}>
              Save as a new version
            </Button>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
