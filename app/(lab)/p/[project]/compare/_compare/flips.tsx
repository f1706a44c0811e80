"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Skeleton } from "@/app/_ui/skeleton";
import { PROBE } from "@/server/comparison/domain/read-probe";
import type { Comparison } from "@/server/comparison/show-comparison";
import { FlipFigure } from "./flip-figure";
import { nameOf } from "./words";

type Props = { project: string; comparison: Comparison; patternId: string | undefined };

/** The flip curves of the generators that are the probe: read apart, for their traces are long, and needed whether it is rated or not. */
export function Flips({ project, comparison, patternId }: Props) {
  const trpc = useTRPC();
  const { generators, repair } = comparison;
  const probes = generators.filter(({ method }) => method === PROBE);
  const { data: flips } = useQuery({
    ...trpc.comparison.flips.queryOptions({ project, repair: repair.number, patternId }),
    enabled: probes.length > 0,
  });
  if (probes.length === 0) return null;
  return (
    <div className="mt-6 grid grid-cols-2 gap-x-9 gap-y-6 max-lg:grid-cols-1">
      {probes.map((one) => {
        const own = flips?.find(({ revisionId }) => revisionId === one.revisionId);
        return own ? (
          <FlipFigure
            key={one.revisionId}
            generator={nameOf(one)}
            name={`${project}-comparison-${repair.number}-flips-${one.number}`}
            images={own.images}
            curves={own.curves}
          />
        ) : (
          <Skeleton key={one.revisionId} className="h-[220px] w-full" />
        );
      })}
    </div>
  );
}
