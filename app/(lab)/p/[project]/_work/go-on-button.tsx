"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";
import type { LoopStep } from "@/db/enums";

export type GoOnButtonProps = {
  project: string;
  patternId: string;
  step: LoopStep;
  isNext?: boolean;
};

/** A person's yes to a step that a pattern asks before; the next time it asks again. */
export function GoOnButton({ project, patternId, step, isNext = false }: GoOnButtonProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const proceed = useMutation(
    trpc.loop.proceed.mutationOptions({
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(trpc.project.board.queryFilter({ project })),
          queries.invalidateQueries(trpc.mining.pathFilter()),
        ]),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      size={26}
      variant={isNext ? "primary" : "outlined"}
      busy={proceed.isPending && "Going on"}
      onClick={() => proceed.mutate({ project, patternId, step })}
    >
      Go on
    </Button>
  );
}
