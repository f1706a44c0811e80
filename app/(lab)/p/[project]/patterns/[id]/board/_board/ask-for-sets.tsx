"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import type { ButtonVariant } from "@/app/_ui/button-class";
import { usePatternAct } from "../../../use-pattern-act";

export type AskForSetsProps = {
  project: string;
  pattern: { id: string; state: string };
  variant: ButtonVariant;
};

export function AskForSets({ project, pattern, variant }: AskForSetsProps) {
  const trpc = useTRPC();
  const ask = useMutation(trpc.mining.requestConceptSets.mutationOptions(usePatternAct()));
  return (
    <Button
      variant={variant}
      busy={ask.isPending && "Asking"}
      notReady={pattern.state !== "approved" && `This pattern is ${pattern.state}`}
      onClick={() => ask.mutate({ project, patternId: pattern.id })}
    >
      Ask for two sets
    </Button>
  );
}
