import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useOutboxStatus } from "@/app/(rate)/_outbox/outbox-provider";

/**
 * Where a rater who may see Levels finds what came of the last grid: a comparison's stand with it and are in no list of
 * pairs. null: the viewer may not.
 */
export function useWhatCame(project: string, seesLevels: boolean) {
  const trpc = useTRPC();
  const { kept, pending } = useOutboxStatus();
  const { data: comparison } = useQuery({
    ...trpc.comparison.lastRated.queryOptions({ project }),
    // A grid whose submission is on its way still waits for its rater there.
    enabled: seesLevels && kept + pending === 0,
    staleTime: 0,
  });
  if (!seesLevels) return null;
  return typeof comparison === "number"
    ? { href: `/p/${project}/compare?number=${comparison}`, words: "See the comparison" }
    : { href: `/p/${project}/pairs`, words: "See the Levels" };
}
