"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Play } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/app/_ui/menu";
import { useToast } from "@/app/_ui/toaster";
import type { BoardPhase } from "@/server/project/board/read-phases";
import type { Running } from "@/server/project/board/read-running";

type Held = 2 | 3 | 4;
export const mayBeHeld = (number: BoardPhase["number"]): number is Held => number !== 1;

export function ResumeButton({ project, number }: { project: string; number: number }) {
  const { resume } = useHold(project);
  if (!mayBeHeld(number as BoardPhase["number"])) return null;
  return (
    <Button
      className="w-full"
      busy={resume.isPending && "Resuming"}
      onClick={() => resume.mutate({ project, number: number as Held })}
    >
      <Play aria-hidden /> Resume phase {number}
    </Button>
  );
}

export type PhaseMenuProps = {
  project: string;
  number: Held;
  state: BoardPhase["state"];
  running: Running;
};

/** Pauses a phase, or stops what runs in it: pausing lets it finish, stopping does not. */
export function PhaseMenu({ project, number, state, running }: PhaseMenuProps) {
  const { pause, resume, cancelBatch, cancelRun } = useHold(project);
  const batches = running.batches.filter((batch) => batch.phase === number);
  const runs = number === 2 ? running.runs : [];
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="quiet" className="-mr-2 px-2" aria-label={`Phase ${number}: hold or stop`}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {state === "paused" ? (
        <MenuItem onSelect={() => resume.mutate({ project, number })}>
          Resume phase {number}
        </MenuItem>
      ) : (
        <MenuItem onSelect={() => pause.mutate({ project, number })}>
          Pause phase {number}: what runs is finished
        </MenuItem>
      )}
      {batches.length + runs.length > 0 ? (
        <>
          <MenuSeparator />
          <MenuLabel>Stop now</MenuLabel>
        </>
      ) : null}
      {batches.map((batch) => (
        <MenuItem
          key={batch.id}
          danger
          onSelect={() => cancelBatch.mutate({ project, batchId: batch.id })}
        >
          Batch {batch.number} of {batch.pattern}
        </MenuItem>
      ))}
      {runs.map((run) => (
        <MenuItem
          key={run.number}
          danger
          onSelect={() => cancelRun.mutate({ project, number: run.number })}
        >
          Run {run.number}
        </MenuItem>
      ))}
    </Menu>
  );
}

function useHold(project: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const told = (words: string) => ({
    onSuccess: () => {
      toast(words);
      return queries.invalidateQueries(trpc.project.board.queryFilter({ project }));
    },
    onError: (error: { message: string }) => toast(error.message, { tone: "bad" }),
  });
  return {
    pause: useMutation(trpc.loop.pausePhase.mutationOptions(told("Paused: nothing new begins"))),
    resume: useMutation(trpc.loop.resumePhase.mutationOptions(told("Resumed"))),
    cancelBatch: useMutation(trpc.mining.cancelBatch.mutationOptions(told("The batch is stopped"))),
    cancelRun: useMutation(
      trpc.generation.cancelRun.mutationOptions(told("The run is cancelled; it can be retried")),
    ),
  };
}
