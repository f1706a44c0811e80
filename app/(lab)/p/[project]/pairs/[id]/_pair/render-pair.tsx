"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

/** Draws this pair alone; says before the press how many images, and with which generator. */
export function RenderPair({ project, pairId }: { project: string; pairId: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const only = { project, pairIds: [pairId] };
  // A project whose images were all brought in has no generator to ask.
  const { data: plan } = useQuery(trpc.generation.previewRun.queryOptions(only));
  const start = useMutation(
    trpc.generation.startRun.mutationOptions({
      onSuccess: ({ number }) => router.push(`/p/${project}/runs/${number}`),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  if (!plan || plan.pairs === 0) return null;
  const { id, generator, number } = plan.drawnBy;
  return (
    <Button
      variant="primary"
      title={`By ${generator}, revision ${number}`}
      busy={(start.isPending || start.isSuccess) && "Starting the run"}
      notReady={plan.covered === 0 && "The budget of renders does not cover it"}
      onClick={() => start.mutate({ ...only, generatorRevisionId: id })}
    >
      <Play aria-hidden />
      Render {plan.images} images with {generator}
    </Button>
  );
}
