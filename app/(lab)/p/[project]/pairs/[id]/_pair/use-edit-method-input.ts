import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";

/** Keeps a person's own words for a method, and shows them. */
export function useEditMethodInput(onKept: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.mining.editMethodInput.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.mining.pairDetail.pathFilter());
        onKept();
      },
    }),
  );
}
