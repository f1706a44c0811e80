"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { Name } from "@/server/auth/schemas";

export function RenameAccount({ name }: { name: string }) {
  const toast = useToast();
  const router = useRouter();
  const [text, setText] = useState(name);
  const rename = useMutation(
    useTRPC().auth.account.rename.mutationOptions({
      onSuccess: () => {
        router.refresh();
        toast("Name saved");
      },
    }),
  );
  const given = Name.safeParse(text);
  const problem = given.success ? rename.error?.message : given.error.issues[0]?.message;
  const isSame = given.success && given.data === name;

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (given.success && !isSame) rename.mutate({ name: given.data });
      }}
    >
      <Field label="Name" hint="Others in your projects see it." error={problem}>
        <Input value={text} autoComplete="name" onChange={(event) => setText(event.target.value)} />
      </Field>
      <div>
        <Button type="submit" busy={rename.isPending && "Saving"}>
          Save name
        </Button>
      </div>
    </form>
  );
}
