"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Skeleton } from "@/app/_ui/skeleton";
import { TimeAgo } from "@/app/_ui/time-ago";
import { subjectWords } from "../run-words";
import type { RunSlot } from "../types";

export function AttemptLog({ project, slot }: { project: string; slot: RunSlot }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={26} variant="quiet" onClick={() => setOpen(true)}>
        Log
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width={640}
        title={`${subjectWords(slot)}, prompt ${slot.position}`}
        description={slot.prompt}
      >
        <Attempts project={project} renderId={slot.renderId} />
      </Dialog>
    </>
  );
}

function Attempts({ project, renderId }: { project: string; renderId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.generation.listAttempts.queryOptions({ project, renderId }));
  if (!data) return <Skeleton className="h-20 w-full" />;
  if (data.length === 0) return <p className="text-13">No attempt has ended yet.</p>;
  return (
    <table className="w-full text-13">
      <thead>
        <tr className="small-print">
          <th>Attempt</th>
          <th>How it ended</th>
          <th>Bridge</th>
          <th className="text-right">When</th>
        </tr>
      </thead>
      <tbody>
        {data.map((attempt) => (
          <tr key={attempt.attempt} className="[&>td]:border-t [&>td]:border-line [&>td]:py-1">
            <td>{attempt.attempt}</td>
            <td>{attempt.reason ?? attempt.outcome}</td>
            <td>{attempt.bridge ?? "none"}</td>
            <td className="text-right">
              <TimeAgo at={attempt.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
