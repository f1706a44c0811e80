"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import type { TrainingRound } from "@/server/rating/training-round";

export type TrainingOfferProps = { project: string; training: TrainingRound };

/** Grids that teach: each tells after its submission how it was meant. They count in no figure of the project. */
export function TrainingOffer({ project, training }: TrainingOfferProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const start = useMutation({
    ...trpc.rating.startTraining.mutationOptions(),
    onSuccess: ({ sittingId }) => router.push(`/rate/${sittingId}`),
  });
  const { open, done } = training;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
      <span>{wordsOf(training)}</span>
      {open > 0 ? (
        <Button
          size={26}
          busy={(start.isPending || start.isSuccess) && "Opening"}
          onClick={() => start.mutate({ project })}
        >
          {done > 0 ? "Go on training" : "Train first"}
        </Button>
      ) : null}
      {start.error ? (
        <span role="alert" className="text-12 text-bad">
          {start.error.message}
        </span>
      ) : null}
    </p>
  );
}

function wordsOf({ open, done, images, right }: TrainingRound): string {
  const result = `${right} of ${images} images as they are meant`;
  if (done === 0) return `${open === 1 ? "1 grid" : `${open} grids`} with feedback to learn from.`;
  if (open === 0) return `Training done: ${result}.`;
  return `Training: ${done} of ${done + open} done, ${result}.`;
}
