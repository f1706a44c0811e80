"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { PairName } from "@/app/_ui/pair-name";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { Queue } from "./queue-list";

/** One's own last grids; each can be taken back and changed. Their Levels stay out of sight. */
export function DoneList({ queue }: { queue: Queue }) {
  const trpc = useTRPC();
  const router = useRouter();
  const reopen = useMutation({
    ...trpc.rating.reopen.mutationOptions(),
    onSuccess: (_, { sittingId }) => router.push(`/rate/${sittingId}`),
  });
  if (queue.lastDone.length === 0) return null;
  return (
    <details>
      <summary className="link">Rated last</summary>
      <ul className="mt-2 grid gap-1">
        {queue.lastDone.map((sitting) => (
          <li key={sitting.id} className="flex items-center gap-4">
            <PairName a={sitting.conceptA} b={sitting.conceptB} />
            <span className="small-print">
              {sitting.submittedAt ? <TimeAgo at={sitting.submittedAt} /> : null}
            </span>
            <Button
              size={26}
              busy={
                reopen.isPending && reopen.variables.sittingId === sitting.id ? "Opening" : false
              }
              onClick={() => reopen.mutate({ project: queue.project, sittingId: sitting.id })}
            >
              Change it
            </Button>
          </li>
        ))}
      </ul>
      {reopen.error ? (
        <p role="alert" className="mt-2 text-12 text-bad">
          {reopen.error.message}
        </p>
      ) : null}
    </details>
  );
}
