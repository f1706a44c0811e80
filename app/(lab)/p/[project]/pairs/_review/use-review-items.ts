import { type InfiniteData, useQueryClient, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTRPC } from "@/app/_trpc/client";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import { type Decided, openItems, type Words } from "./review-state";

// So many are there before they are needed: nobody decides faster than a page arrives.
const AHEAD = 1000;

type Page = { items: ReviewItem[]; nextCursor: string | null };
type Pages = InfiniteData<Page, string | null>;

/** What waits and was not decided here, page by page, always some way ahead of the person. */
export function useReviewItems(project: string, decided: readonly Decided[]) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = trpc.mining.reviewQueue.infiniteQueryOptions(
    { project },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const { data, hasNextPage, isFetching, fetchNextPage } = useSuspenseInfiniteQuery(options);
  const open = useMemo(
    () =>
      openItems(
        data.pages.flatMap(({ items }) => items),
        decided,
      ),
    [data, decided],
  );
  const isShort = hasNextPage && !isFetching && open.length < AHEAD;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
  const change = (edit: (items: ReviewItem[]) => ReviewItem[]) =>
    queries.setQueryData(options.queryKey, (known) => known && edited(known, edit));

  return {
    open,
    hasMore: hasNextPage,
    reword: (id: string, words: Words) =>
      change((known) => known.map((item) => (item.id === id ? { ...item, ...words } : item))),
    /** An item that was decided and taken back: the server may have left it out meanwhile. */
    giveBack: (item: ReviewItem) =>
      change((known) =>
        known.some(({ id }) => id === item.id) ? known : inOrder([...known, item]),
      ),
  };
}

const inOrder = (items: ReviewItem[]) => items.sort((x, y) => (x.id < y.id ? -1 : 1));

/** Edits the items as one list and cuts it into its pages again. */
function edited(known: Pages, edit: (items: ReviewItem[]) => ReviewItem[]): Pages {
  const rest = edit(known.pages.flatMap((page) => page.items));
  const pages = known.pages.map((page, index) => {
    const isLast = index === known.pages.length - 1;
    return { ...page, items: rest.splice(0, isLast ? rest.length : page.items.length) };
  });
  return { ...known, pages };
}
