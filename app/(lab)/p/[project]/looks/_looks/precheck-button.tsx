"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button, type ButtonProps } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

const MOST_AT_ONCE = 200;

export type PrecheckButtonProps = Pick<ButtonProps, "size" | "variant"> & {
  project: string;
  /** How many nobody has looked at. */
  pairs: number;
};

/** Has the next pairs that nobody has looked at drawn for a first look. */
export function PrecheckButton({ project, pairs, ...look }: PrecheckButtonProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const start = useMutation(
    trpc.generation.startPrecheck.mutationOptions({
      onSuccess: ({ added }) => {
        toast(`${added === 1 ? "1 pair is" : `${added} pairs are`} drawn for a first look`);
        void queries.invalidateQueries(trpc.generation.pathFilter());
      },
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const taken = Math.min(pairs, MOST_AT_ONCE);
  return (
    <Button {...look} busy={start.isPending && "Asking"} onClick={() => start.mutate({ project })}>
      <Eye aria-hidden /> Pre-check {taken === 1 ? "1 pair" : `${taken} pairs`}
    </Button>
  );
}
