"use client";

import { Button } from "./button";
import { cx } from "./cx";

export type ShowMoreProps = {
  /** What an infinite query gives. */
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  /** What the button says; "Show more" unless said otherwise. */
  words?: string;
  className?: string;
};

/** The foot of a list that comes page by page; nothing where the list has ended. */
export function ShowMore({ list, words, className }: ShowMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <div className={cx("flex flex-wrap items-center gap-3", className)}>
      <Button
        size={26}
        busy={list.isFetchingNextPage && "Loading"}
        onClick={() => void list.fetchNextPage()}
      >
        {words ?? "Show more"}
      </Button>
      {list.isFetchNextPageError && !list.isFetchingNextPage ? (
        <span role="alert" className="text-12 text-bad">
          The next ones did not come. Press again.
        </span>
      ) : null}
    </div>
  );
}
