"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { ProjectName } from "@/server/project/schemas";

export function RenameProject({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState(name);
  const rename = useMutation(
    trpc.project.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.project.list.pathFilter());
        router.refresh();
        toast("Name saved");
      },
    }),
  );
  const checked = ProjectName.safeParse(text);
  const isSame = checked.success && checked.data === name;

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success && !isSame) rename.mutate({ project, name: checked.data });
      }}
    >
      <Field
        label="Name"
        error={checked.success ? rename.error?.message : checked.error.issues[0]?.message}
      >
        <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
      </Field>
      <div>
        <Button
          type="submit"
          variant="primary"
          busy={rename.isPending && "Saving"}
          notReady={isSame && "Unchanged"}
        >
          Save name
        </Button>
      </div>
    </form>
  );
}
