import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import { usePatternAct } from "../../use-pattern-act";

export function useApprove(onDone: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const act = usePatternAct();
  return useMutation(
    trpc.mining.approvePattern.mutationOptions({
      ...act,
      onSuccess: async () => {
        await act.onSuccess();
        toast("Pattern approved; its example pairs wait for review");
        onDone();
      },
    }),
  );
}
