"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { useToast } from "@/app/_ui/toaster";
import type { ListedPattern } from "@/server/mining/list-patterns";

const USUAL = 10;
const MOST = 100;

export type ProposeDialogProps = { project: string; pattern: ListedPattern; onClose: () => void };

/** Asks for a batch of new pairs of one pattern; the proposals then wait in the review queue. */
export function ProposeDialog({ project, pattern, onClose }: ProposeDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState(String(USUAL));
  const asked = Number(text);
  const isCount = Number.isInteger(asked) && asked >= 1 && asked <= MOST;
  const request = useMutation(
    trpc.mining.requestBatch.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.mining.listPatterns.queryFilter({ project }));
        toast(`Asked for ${asked} pairs of ${pattern.name}`);
        onClose();
      },
    }),
  );

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Propose pairs: ${pattern.name}`}
      description="Every proposal waits for your decision. Repeats of what you have are kept apart, beside their twin."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isCount) request.mutate({ project, patternId: pattern.id, n: asked });
        }}
      >
        <Field label="How many" error={request.error?.message} hint={`1 to ${MOST}`}>
          <Input
            type="number"
            min={1}
            max={MOST}
            value={text}
            className="w-24"
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <DialogActions>
          <Button
            type="submit"
            variant="primary"
            busy={request.isPending && "Asking"}
            notReady={!isCount && `A whole number from 1 to ${MOST}`}
          >
            Propose {isCount ? asked : ""} pairs <Key onAccent>↵</Key>
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Back <Key>Esc</Key>
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
