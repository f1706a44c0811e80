"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import { useRefreshed } from "./use-refreshed";

type Told = {
  /** What the toast says, by how many grids took the priority. */
  words: (grids: number) => string;
  onDone?: () => void;
};

/** Sets which pairs' grids are handed out first; the toast undoes it. */
export function useSetPriority(project: string, { words, onDone }: Told) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = useRefreshed();
  const undo = useMutation({ ...trpc.rating.setPriority.mutationOptions(), onSuccess: refresh });
  return useMutation({
    ...trpc.rating.setPriority.mutationOptions(),
    async onSuccess({ grids, before }) {
      toast(words(grids), {
        undo: () => {
          for (const one of before) undo.mutate({ project, ...one });
        },
      });
      await refresh();
      onDone?.();
    },
  });
}
