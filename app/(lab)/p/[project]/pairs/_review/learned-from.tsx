"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Link } from "@/app/_ui/link";

export type LearnedFromProps = { project: string; batchId: string };

/** How many examples the proposer was shown; the link opens them beside what was asked. */
export function LearnedFrom({ project, batchId }: LearnedFromProps) {
  const trpc = useTRPC();
  const { data } = useQuery(
    // What a batch was made of never changes once it was asked.
    trpc.mining.learnedFrom.queryOptions(
      { project, batchId },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (!data || data.exemplars.length === 0) return null;
  const count = data.exemplars.length;
  return (
    <>
      {", "}
      <Link href={`/p/${project}/exchanges/${data.exchangeId}#made-of`} className="hover:underline">
        learned from {count === 1 ? "1 exemplar" : `${count} exemplars`}
      </Link>
    </>
  );
}
