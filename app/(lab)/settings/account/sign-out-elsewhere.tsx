"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

export function SignOutElsewhere() {
  const toast = useToast();
  const signOut = useMutation(
    useTRPC().auth.account.signOutElsewhere.mutationOptions({
      onSuccess: () => toast("Every other browser is signed out"),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <section className="border-t border-line pt-6">
      <h2>Sign out elsewhere</h2>
      <p className="mt-1 mb-3">Ends your sessions in every other browser. This one stays.</p>
      <Button busy={signOut.isPending && "Signing out"} onClick={() => signOut.mutate()}>
        Sign out elsewhere
      </Button>
    </section>
  );
}
