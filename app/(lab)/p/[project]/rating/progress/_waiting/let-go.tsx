"use client";

import { useTRPCClient } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import type { FreeSeats } from "@/server/rating/schemas";
import { useRefreshed } from "./use-refreshed";

export type LetGoProps = {
  project: string;
  /** Which kept seats, and how the question names them. */
  seats: FreeSeats;
  words: string;
  trigger: string;
};

/** Kept seats go to whoever comes next. */
export function LetGo({ project, seats, words, trigger }: LetGoProps) {
  const { rating } = useTRPCClient();
  const refresh = useRefreshed();
  return (
    <ConfirmDialog
      trigger={trigger}
      triggerProps={{ size: 26 }}
      title={`Let ${words} go?`}
      description="Whoever comes next is given them. Where the rater sits at the grid just now, the seat stays theirs."
      confirm="Let them go"
      busy="Letting go"
      onConfirm={async () => {
        await rating.freeSeats.mutate({ project, ...seats });
        await refresh();
      }}
    />
  );
}
