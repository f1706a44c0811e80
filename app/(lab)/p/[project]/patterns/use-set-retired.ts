import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import { usePatternAct } from "./use-pattern-act";

/** Retires a pattern or takes it up again; the toast takes either back. */
export function useSetRetired(
  project: string,
  { id: patternId, name }: { id: string; name: string },
): (retired: boolean) => void {
  const trpc = useTRPC();
  const toast = useToast();
  const { mutate } = useMutation(trpc.mining.retirePattern.mutationOptions(usePatternAct()));
  const set = (retired: boolean, onSuccess?: () => void) =>
    mutate({ project, patternId, retired }, { onSuccess });
  return (retired) =>
    set(retired, () =>
      toast(retired ? `${name} retired` : `${name} taken up again`, { undo: () => set(!retired) }),
    );
}
