import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/app/_trpc/client";
import type { ReviewCase } from "@/server/mining/review/review-case";
import type { ReviewItem } from "@/server/mining/review/review-queue";

const PREFETCHED = 4;
const FRESH_MS = 5 * 60_000;

/** All about the item looked at; that of the next ones is fetched before anybody looks. */
export function useReviewCase(
  project: string,
  item: ReviewItem,
  open: readonly ReviewItem[],
): ReviewCase | null {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const optionsOf = ({ id, kind }: ReviewItem) =>
    trpc.mining.reviewCase.queryOptions({ project, id, kind }, { staleTime: FRESH_MS });
  const { data } = useQuery(optionsOf(item));
  const at = open.findIndex(({ id }) => id === item.id);
  const next = open.slice(at + 1, at + 1 + PREFETCHED);
  const nextIds = next.map(({ id }) => id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the items
  useEffect(() => {
    for (const upcoming of next) void queries.prefetchQuery(optionsOf(upcoming));
  }, [nextIds]);
  return data ?? null;
}
