"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { Skeleton } from "@/app/_ui/skeleton";
import { useToast } from "@/app/_ui/toaster";
import { many } from "../../../_board/board-words";
import { useRefreshed } from "./use-refreshed";

export type WaitingDialogProps = {
  project: string;
  pairIds: readonly string[];
  onClose: () => void;
};

/** Keeps a free seat of each chosen grid for each chosen rater; the undo lets exactly those go. */
export function AssignDialog({ project, pairIds, onClose }: WaitingDialogProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = useRefreshed();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const members = useQuery(trpc.auth.members.list.queryOptions({ project }));
  const free = useMutation({ ...trpc.rating.freeSeats.mutationOptions(), onSuccess: refresh });
  const assign = useMutation({
    ...trpc.rating.assignSeats.mutationOptions(),
    async onSuccess({ assigned, full, seatIds }) {
      await refresh();
      const undo = () => free.mutate({ project, seatIds });
      toast(`${many(assigned, "seat")} kept.${fullWords(full)}`, assigned > 0 ? { undo } : {});
      onClose();
    },
  });
  const toggle = (accountId: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, accountId] : chosen.filter((id) => id !== accountId));
  return (
    <FormDialog
      title="Keep seats for raters"
      description="Each of them finds one seat of each grid kept, and nobody else is given it."
      submit="Keep them"
      busy={assign.isPending && "Keeping"}
      notReady={chosen.length === 0 && "Choose raters first."}
      problem={assign.error?.message ?? members.error?.message}
      onSubmit={() => assign.mutate({ project, pairIds: [...pairIds], accountIds: [...chosen] })}
      onClose={onClose}
    >
      {members.isPending ? <Skeleton className="h-20" /> : null}
      {members.data
        ?.filter(({ disabledAt }) => disabledAt === null)
        .map(({ accountId, name }) => (
          <Checkbox
            key={accountId}
            label={name}
            checked={chosen.includes(accountId)}
            onChange={({ target }) => toggle(accountId, target.checked)}
          />
        ))}
    </FormDialog>
  );
}

const fullWords = (full: number): string =>
  full === 0 ? "" : ` ${many(full, "grid")} had no free seat for all of them.`;
