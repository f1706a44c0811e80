"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Skeleton } from "@/app/_ui/skeleton";
import { Examples } from "./examples";

/** The examples of the guidelines that stand. Without them the text still says what counts. */
export function FetchedExamples({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.rating.guidelines.queryOptions({ project }));
  if (error) return <p className="small-print">The examples are out of reach: {error.message}</p>;
  if (!data) return <Skeleton className="h-40" />;
  return data.examples.length > 0 ? <Examples examples={data.examples} /> : null;
}
