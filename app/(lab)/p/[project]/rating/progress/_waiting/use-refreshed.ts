"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";

/** After a change of who is given what: the list anew. */
export function useRefreshed() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries(trpc.rating.openGrids.pathFilter()),
      queries.invalidateQueries(trpc.rating.keptSeats.pathFilter()),
    ]);
}
