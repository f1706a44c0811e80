import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import type { StoppedLook } from "@/server/generation/list-looks";

export type DrawAgainProps = { project: string; look: StoppedLook };

/** Asking for the same look takes the stopped one up again. */
export function DrawAgain({ project, look }: DrawAgainProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = {
    onSuccess: () => queries.invalidateQueries(trpc.generation.pathFilter()),
    onError: useRefusal(project),
  };
  const precheck = useMutation(trpc.generation.startPrecheck.mutationOptions(options));
  const capability = useMutation(trpc.generation.startCapability.mutationOptions(options));
  const { generatorRevisionId, pairId, concept } = look;
  const again = () => {
    if (pairId) precheck.mutate({ project, pairIds: [pairId], generatorRevisionId });
    if (concept) capability.mutate({ project, concepts: [concept], generatorRevisionId });
  };
  return (
    <Button
      size={26}
      busy={(precheck.isPending || capability.isPending) && "Asking"}
      onClick={again}
    >
      <RotateCw aria-hidden /> Draw again
    </Button>
  );
}
