"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";
import type { RunDetail, RunSlot } from "../types";
import { FailureRow } from "./failure-row";

const SHOWN = 6;

export function Failures({ project, run }: { project: string; run: RunDetail }) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [all, setAll] = useState(false);
  const retryAll = useMutation(
    trpc.generation.retryFailed.mutationOptions({
      onSuccess: ({ retried }) => {
        toast(`${retried} renders go to the endpoints again`);
        void queries.invalidateQueries(trpc.generation.runDetail.pathFilter());
      },
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const failing = run.slots.filter(isFailing);
  if (failing.length === 0 || run.state === "cancelled") return null;
  const reviseHref = `/p/${project}/generators/${run.generatorId}/revise?from=${run.generatorRevisionId}&weights=other`;
  const shown = all ? failing : failing.slice(0, SHOWN);
  return (
    <section
      aria-label="Failures"
      className="mb-3.5 rounded-2 border border-l-[3px] border-line border-l-bad bg-surface max-md:overflow-x-auto"
    >
      <table className="w-full border-collapse max-md:min-w-220">
        <tbody>
          {shown.map((slot) => (
            <FailureRow key={slot.renderId} project={project} slot={slot} reviseHref={reviseHref} />
          ))}
        </tbody>
      </table>
      {run.failed > 1 || failing.length > SHOWN ? (
        <div className="flex items-center gap-2 border-t border-line px-3 py-1.5">
          {failing.length > SHOWN ? (
            <Button size={26} variant="quiet" onClick={() => setAll(!all)}>
              {all ? "Show fewer" : `Show all ${failing.length}`}
            </Button>
          ) : null}
          {run.failed > 1 ? (
            <Button
              size={26}
              className="ml-auto"
              busy={retryAll.isPending && "Retrying"}
              onClick={() => retryAll.mutate({ project, number: run.number })}
            >
              <RotateCw aria-hidden /> Retry all {run.failed} that were given up
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

const isFailing = (slot: RunSlot) =>
  slot.reason !== null && (slot.state === "failed" || slot.state === "queued");
