"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

/** Asks once more with other examples, before anyone calls the pattern dry. */
export function RetestButton({ project, patternId }: { project: string; patternId: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const retest = useMutation(
    trpc.mining.requestRetest.mutationOptions({
      onSuccess: ({ number }) => toast(`Batch ${number} is asked for with other examples`),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      size={26}
      className="mt-2"
      busy={retest.isPending && "Asking"}
      onClick={() => retest.mutate({ project, patternId })}
    >
      Re-test
    </Button>
  );
}
