"use client";

import { useMutation } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { AccountForm } from "../_door/account-form";
import { enter } from "../_door/enter";
import { problemOf } from "../_door/problem-of";

export function SetupForm({ token }: { token: string }) {
  const create = useMutation(useTRPC().auth.door.createFirstAdmin.mutationOptions());
  return (
    <AccountForm
      onSubmit={async (account) =>
        (await problemOf(() => create.mutateAsync({ token, ...account }))) ??
        (await enter({ ...account, target: "/" }))
      }
    >
      <p className="flex items-center gap-1.5 text-13 text-ink-3">
        <Lock aria-hidden className="size-3.5" /> This setup link works once.
      </p>
    </AccountForm>
  );
}
