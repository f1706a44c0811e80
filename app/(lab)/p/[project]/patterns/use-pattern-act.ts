import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";

/** What every act on patterns does afterwards: read again what it may have changed, or say why not. */
export function usePatternAct() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  return {
    onSuccess: () => queries.invalidateQueries(trpc.mining.pathFilter()),
    onError: (error: { message: string }) => toast(error.message, { tone: "bad" }),
  };
}
