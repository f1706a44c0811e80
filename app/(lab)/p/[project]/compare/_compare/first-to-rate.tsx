"use client";

import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";
import type { Comparison } from "@/server/comparison/show-comparison";
import { useSetPriority } from "../../rating/progress/_waiting/use-set-priority";

const FIRST = 10;

/** A comparison's grids wait behind those of mining, unless somebody wants its answer first. */
export function FirstToRate({ project, pairs }: { project: string; pairs: Comparison["pairs"] }) {
  const toast = useToast();
  const set = useSetPriority(project, {
    words: () => "The open grids of these pairs are handed out first.",
  });
  return (
    <Button
      busy={set.isPending && "Putting first"}
      onClick={() =>
        set.mutate(
          { project, pairIds: pairs.map(({ pairId }) => pairId), priority: FIRST },
          { onError: ({ message }) => toast(message) },
        )
      }
    >
      Hand out first
    </Button>
  );
}
