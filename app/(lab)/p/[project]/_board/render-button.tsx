"use client";

import { useMutation } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";
import { many } from "./board-words";

/** Starts a run over all pairs that have their prompts and no images, and opens it. */
export function RenderButton({ project, pairs }: { project: string; pairs: number }) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const start = useMutation(
    trpc.generation.startRun.mutationOptions({
      onSuccess: ({ number }) => router.push(`/p/${project}/runs/${number}`),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      variant="primary"
      className="w-full"
      busy={(start.isPending || start.isSuccess) && "Starting the run"}
      onClick={() => start.mutate({ project })}
    >
      Render {many(pairs, "pair")} <ArrowRight aria-hidden />
    </Button>
  );
}
