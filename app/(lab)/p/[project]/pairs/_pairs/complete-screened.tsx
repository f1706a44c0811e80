"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useToast } from "@/app/_ui/toaster";
import { readFilter } from "./pair-filter";

/** Asks for the full grids of all pairs that the filter shows; absent while none was screened. */
export function CompleteScreened({ project }: { project: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const filter = { project, ...readFilter(useSearchParams()) };
  const { data } = useQuery(trpc.rating.countScreened.queryOptions(filter));
  const complete = useMutation({
    mutationFn: () => client.rating.completeScreened.mutate(filter),
    async onSuccess({ completed }) {
      toast(`${grids(completed)} completed`);
      await queries.invalidateQueries(trpc.rating.countScreened.pathFilter());
    },
  });
  if (!data || data.grids === 0) return null;
  return (
    <ConfirmDialog
      trigger={`Complete ${screened(data.grids)}…`}
      title={`Complete ${screened(data.grids)}?`}
      description="Raters judge the images that are still open, so that the pairs shown here get a full Level beside the screened one. This cannot be taken back."
      confirm="Complete them"
      busy="Completing"
      onConfirm={() => complete.mutateAsync()}
    />
  );
}

const grids = (count: number): string => (count === 1 ? "1 grid" : `${count} grids`);
const screened = (count: number): string =>
  count === 1 ? "1 screened grid" : `${count} screened grids`;
