"use client";

import { useMutation } from "@tanstack/react-query";
import { Grid3x3 } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";
import type { Detail } from "./detail";

/** A screened grid can be judged to its end; what was judged stays, and so does the screened Level. */
export function CompleteGrid({ project, detail }: { project: string; detail: Detail }) {
  const trpc = useTRPC();
  const toast = useToast();
  const complete = useMutation(
    trpc.rating.completeGrid.mutationOptions({
      onSuccess: () => toast("It is a full grid now; what is open waits for its rater"),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const sheet = detail.sheets.find(
    ({ gridMode, gridState, levels }) =>
      gridMode === "screen" && gridState === "closed" && levels.length > 0,
  );
  const gridId = sheet?.gridId;
  if (!gridId) return null;
  return (
    <Button
      busy={complete.isPending && "Completing"}
      onClick={() => complete.mutate({ project, gridId })}
    >
      <Grid3x3 aria-hidden />
      Complete the grid
    </Button>
  );
}
