"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { AccountForm } from "../../_door/account-form";
import { enter } from "../../_door/enter";
import { problemOf } from "../../_door/problem-of";

export function JoinAsNew({ token }: { token: string }) {
  const accept = useMutation(useTRPC().auth.door.acceptAsNew.mutationOptions());
  return (
    <AccountForm
      onSubmit={async (account) => {
        const joined = { target: "/" };
        const problem = await problemOf(async () => {
          const { slug, role } = await accept.mutateAsync({ token, ...account });
          joined.target = role === "expert" ? "/rate" : `/p/${slug}`;
        });
        return problem ?? enter({ ...account, target: joined.target });
      }}
    />
  );
}
