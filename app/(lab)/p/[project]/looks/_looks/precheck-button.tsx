"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button, type ButtonProps } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { useToast } from "@/app/_ui/toaster";

const MOST_AT_ONCE = 200;

export type PrecheckButtonProps = Pick<ButtonProps, "size" | "variant"> & {
  project: string;
  /** How many nobody has looked at. */
  pairs: number;
  /** What the budget still covers, one a pair; null: no limit. */
  rendersLeft: number | null;
};

/** Has the next pairs that nobody has looked at drawn for a first look. */
export function PrecheckButton({ project, pairs, rendersLeft, ...look }: PrecheckButtonProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const refused = useRefusal(project);
  const queries = useQueryClient();
  const start = useMutation(
    trpc.generation.startPrecheck.mutationOptions({
      onSuccess: ({ added }) => {
        toast(`${added === 1 ? "1 pair is" : `${added} pairs are`} drawn for a first look`);
        void queries.invalidateQueries(trpc.generation.pathFilter());
      },
      onError: refused,
    }),
  );
  if (rendersLeft === 0) {
    return (
      <ButtonLink {...look} href={`/p/${project}/budgets?of=renders`}>
        The budget has no render left: raise it
      </ButtonLink>
    );
  }
  const taken = Math.min(pairs, MOST_AT_ONCE, rendersLeft ?? MOST_AT_ONCE);
  return (
    <Button
      {...look}
      busy={start.isPending && "Asking"}
      onClick={() => start.mutate({ project, most: taken })}
    >
      <Eye aria-hidden /> Pre-check{" "}
      {taken === 1 ? "1 pair: 1 render" : `${taken} pairs: ${taken} renders`}
    </Button>
  );
}
