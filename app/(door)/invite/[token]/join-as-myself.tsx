"use client";

import { useMutation } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";

export type JoinAsMyselfProps = { token: string; name: string; mail: string };

export function JoinAsMyself({ token, name, mail }: JoinAsMyselfProps) {
  const accept = useMutation(
    useTRPC().auth.account.acceptInvitation.mutationOptions({
      onSuccess: ({ slug, role }) =>
        window.location.assign(role === "expert" ? "/rate" : `/p/${slug}`),
    }),
  );
  return (
    <div className="grid gap-4 text-14">
      <p>
        You are signed in as <b>{name}</b> ({mail}).
      </p>
      {accept.error ? (
        <p role="alert" className="text-bad">
          {accept.error.message}.
        </p>
      ) : null}
      <Button
        variant="primary"
        size={40}
        busy={(accept.isPending || accept.isSuccess) && "Joining"}
        onClick={() => accept.mutate({ token })}
      >
        Join the project
      </Button>
      <Button variant="quiet" onClick={() => void signOut()}>
        I am somebody else: sign out
      </Button>
    </div>
  );
}
