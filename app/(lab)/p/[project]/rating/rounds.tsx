"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { tooLong } from "@/app/_ui/too-long";
import { MAX_REASON_LENGTH } from "@/server/rating/domain/text-limits";
import type { AppRouter } from "@/server/trpc/router";

type Round = inferRouterOutputs<AppRouter>["rating"]["rounds"][number];

/** Rounds of rating: what a closed one holds cannot change any more. */
export function Rounds({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: rounds } = useSuspenseQuery(trpc.rating.rounds.queryOptions({ project }));
  return (
    <section aria-label="Rounds" className="grid content-start gap-3">
      <h2>Rounds</h2>
      <p className="small-print">
        A closed round refuses every change with the reason you give. Grids that nobody has begun
        move along when the next round opens.
      </p>
      <ul className="divide-y divide-line border-y border-line">
        {rounds.map((round) => (
          <RoundRow key={round.number} project={project} round={round} />
        ))}
      </ul>
      <OpenRound project={project} next={(rounds[0]?.number ?? 0) + 1} />
    </section>
  );
}

function useRoundsChanged(project: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => queries.invalidateQueries(trpc.rating.rounds.queryFilter({ project }));
}

function RoundRow({ project, round }: { project: string; round: Round }) {
  const trpc = useTRPC();
  const onSuccess = useRoundsChanged(project);
  const reopen = useMutation({ ...trpc.rating.reopenRound.mutationOptions(), onSuccess });
  const { number, closedReason, gridsOpen, gridsClosed, seatsOpen, seatsDone } = round;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 py-2">
      <span className="min-w-0">
        <strong className="font-medium">
          Round {number}, {closedReason === null ? "open" : "closed"}
        </strong>
        <span className="block text-13 text-ink-2">
          {gridsClosed} of {gridsOpen + gridsClosed} grids done, {seatsDone} of{" "}
          {seatsOpen + seatsDone} seats
        </span>
        {closedReason === null ? null : (
          <span className="block text-13 text-ink-2">
            {closedReason}
            {round.closedBy ? ` (${round.closedBy})` : null}
          </span>
        )}
        {reopen.error ? (
          <span role="alert" className="block text-13 text-bad">
            {reopen.error.message}
          </span>
        ) : null}
      </span>
      {closedReason === null ? (
        <CloseRound project={project} number={number} />
      ) : (
        <Button
          busy={reopen.isPending && "Reopening"}
          onClick={() => reopen.mutate({ project, number })}
        >
          Reopen
        </Button>
      )}
    </li>
  );
}

function CloseRound({ project, number }: { project: string; number: number }) {
  const trpc = useTRPC();
  const changed = useRoundsChanged(project);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const close = useMutation({
    ...trpc.rating.closeRound.mutationOptions(),
    async onSuccess() {
      await changed();
      setOpen(false);
      setReason("");
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>Close …</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Close round ${number}?`}
        description="Raters can neither judge nor change anything in it. You can open it again."
      >
        <Field
          label="Reason"
          hint="Told to raters who come too late."
          error={close.error?.message}
          length={{ of: reason, most: MAX_REASON_LENGTH }}
        >
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <DialogActions>
          <Button
            variant="primary"
            busy={close.isPending && "Closing"}
            notReady={reason.trim() ? tooLong(reason, MAX_REASON_LENGTH) : "Say why first."}
            onClick={() => close.mutate({ project, number, reason })}
          >
            Close round {number}
          </Button>
          <Button variant="quiet" onClick={() => setOpen(false)}>
            Keep it open
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function OpenRound({ project, next }: { project: string; next: number }) {
  const trpc = useTRPC();
  const toast = useToast();
  const changed = useRoundsChanged(project);
  const open = useMutation({
    ...trpc.rating.openRound.mutationOptions(),
    async onSuccess({ number, moved }) {
      await changed();
      toast(`Round ${number} is open; ${moved} grids moved along.`);
    },
  });
  return (
    <div className="grid justify-items-start gap-1">
      <Button busy={open.isPending && "Opening"} onClick={() => open.mutate({ project })}>
        Open round {next}
      </Button>
      {open.error ? (
        <p role="alert" className="text-13 text-bad">
          {open.error.message}
        </p>
      ) : null}
    </div>
  );
}
