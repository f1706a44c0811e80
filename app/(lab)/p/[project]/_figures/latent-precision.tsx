"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { IntervalWords, Whisker } from "@/app/_ui/whisker";

export type LatentPrecisionProps = { project: string; patternId: string };

/** How often the LLM knew what would stand there instead; nothing before people have said what they saw. */
export function LatentPrecision({ project, patternId }: LatentPrecisionProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.rating.latentPrecision.queryOptions({ project, patternId }));
  if (!data) return null;
  const { grids, images } = data.all;
  if (!grids && !images) return null;
  return (
    <div className="grid gap-1 text-12">
      {grids ? (
        <>
          <p>
            In this pattern the LLM's guess is what raters saw in{" "}
            <b>
              {grids.count} of {grids.total}
            </b>{" "}
            failing grids. <IntervalWords {...grids} />
          </p>
          <Whisker {...grids} label="Guesses that came true" />
        </>
      ) : null}
      {images ? (
        <p className="small-print">
          Something else was seen in {images.count} of {images.total} incorrect images that were
          asked about.
        </p>
      ) : null}
    </div>
  );
}
