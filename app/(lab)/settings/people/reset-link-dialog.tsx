"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Copyable } from "@/app/_ui/copyable";
import { Dialog, DialogActions } from "@/app/_ui/dialog";

export type ResetLinkDialogProps = { person: { id: string; name: string }; onClose: () => void };

export function ResetLinkDialog({ person, onClose }: ResetLinkDialogProps) {
  const make = useMutation(useTRPC().auth.people.makeResetLink.mutationOptions());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`A new password for ${person.name}`}
      description={
        make.data
          ? `Send this link to ${person.name} by a way you trust. It is shown only now, works once and for ${make.data.hours} hours.`
          : "Whoever opens the link sets a new password. Links made earlier stop working; the present password works until then."
      }
    >
      {make.data ? <Copyable label="Reset link" value={make.data.url} /> : null}
      {make.error ? (
        <p role="alert" className="text-bad">
          {make.error.message}.
        </p>
      ) : null}
      <DialogActions>
        {make.data ? (
          <Button onClick={onClose}>Done</Button>
        ) : (
          <Button
            variant="primary"
            busy={make.isPending && "Making"}
            onClick={() => make.mutate({ accountId: person.id })}
          >
            Make the link
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
