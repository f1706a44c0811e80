"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { ProjectName } from "@/server/project/schemas";

export type CreateProjectDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  next: string;
};

export function CreateProjectDialog({ open, onOpenChange, next }: CreateProjectDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [name, setName] = useState("");
  const create = useMutation(
    trpc.project.create.mutationOptions({
      onSuccess: ({ slug }) => router.push(`/p/${slug}${next}`),
    }),
  );
  const checked = ProjectName.safeParse(name);

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New project"
      description="It gets generators that draw on this machine and a rating guideline; both can be changed."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.success) create.mutate({ name: checked.data });
        }}
      >
        <Field
          label="Name"
          hint="What the pairs are about. The address is made from it once."
          error={create.error?.message}
        >
          <Input
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <DialogActions>
          <Button
            type="submit"
            variant="primary"
            busy={(create.isPending || create.isSuccess) && "Creating"}
            notReady={!checked.success && checked.error.issues[0]?.message}
          >
            Create project <Key onAccent>↵</Key>
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Back <Key>Esc</Key>
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
