"use client";

import { useMutation } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import { MOST_COUNTED } from "@/server/project/domain/next-step";
import { renderWords } from "./board-words";

export type RenderButtonProps = { project: string; pairs: number; isNext: boolean };

/** Starts a run over all pairs that have their prompts and no images, and opens it. */
export function RenderButton({ project, pairs, isNext }: RenderButtonProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const refused = useRefusal(project);
  const start = useMutation(
    trpc.generation.startRun.mutationOptions({
      onSuccess: ({ number }) => router.push(`/p/${project}/runs/${number}`),
      onError: refused,
    }),
  );
  return (
    <Button
      variant={isNext ? "primary" : "outlined"}
      className="w-full"
      busy={(start.isPending || start.isSuccess) && "Starting the run"}
      // What became ready meanwhile is counted by the board's next reading.
      onClick={() =>
        start.mutate({ project, undrawn: true, ...(pairs < MOST_COUNTED && { most: pairs }) })
      }
    >
      {renderWords(pairs)} {isNext ? <ArrowRight aria-hidden /> : null}
    </Button>
  );
}
