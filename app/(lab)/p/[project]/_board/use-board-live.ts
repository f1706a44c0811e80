import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";

const GATHER_MS = 500;

/** Reads the board again after a change; a burst of changes is answered once. */
export function useBoardLive(project: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const pending = useRef(false);
  useLive(project, () => {
    if (pending.current) return;
    pending.current = true;
    setTimeout(() => {
      pending.current = false;
      void queryClient.invalidateQueries(trpc.project.board.queryFilter({ project }));
    }, GATHER_MS);
  });
}
