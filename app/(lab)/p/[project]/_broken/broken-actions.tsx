"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

export type BrokenActionsProps = { project: string; gridId: string; pairId: string };

/** The two ways on for a grid that has no Level because images of it are broken. */
export function BrokenActions({ project, gridId, pairId }: BrokenActionsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const queries = useQueryClient();
  const onError = useRefusal(project);
  const redraw = useMutation(
    trpc.generation.redrawBroken.mutationOptions({
      onSuccess: ({ number }) => router.push(`/p/${project}/runs/${number}`),
      onError,
    }),
  );
  const decide = useMutation(
    trpc.mining.decidePair.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.rating.problems.pathFilter());
        void queries.invalidateQueries(trpc.mining.pairDetail.queryFilter({ project, pairId }));
        toast("Pair set aside");
      },
      onError,
    }),
  );
  return (
    <span className="flex flex-wrap gap-1.5">
      <Button
        size={26}
        busy={(redraw.isPending || redraw.isSuccess) && "Starting the run"}
        onClick={() => redraw.mutate({ project, gridId })}
      >
        <RotateCw aria-hidden /> Draw again with a spare seed
      </Button>
      <Button
        size={26}
        variant="quiet"
        busy={decide.isPending && "Setting aside"}
        onClick={() => decide.mutate({ project, pairId, decision: "set_aside" })}
      >
        Set the pair aside
      </Button>
    </span>
  );
}
