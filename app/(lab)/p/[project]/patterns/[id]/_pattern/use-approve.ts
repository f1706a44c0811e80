import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import type { PatternDetail } from "@/server/mining/pattern-detail";
import { usePatternAct } from "../../use-pattern-act";

/** `examples`: what becomes of them is part of the news. */
export function useApprove(examples: PatternDetail["examples"], onDone: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const act = usePatternAct();
  return useMutation(
    trpc.mining.approvePattern.mutationOptions({
      ...act,
      onSuccess: async () => {
        await act.onSuccess();
        toast(newsOf(examples));
        onDone();
      },
    }),
  );
}

function newsOf(examples: PatternDetail["examples"]): string {
  if (examples.length === 0) return "Pattern approved";
  return examples.some(({ isSeed }) => isSeed)
    ? "Pattern approved; its seeds moved into it"
    : "Pattern approved; its example pairs wait for review";
}
