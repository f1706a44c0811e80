"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { TimeAgo } from "@/app/_ui/time-ago";

/** All one's own grids, newest first; each can be changed until its round closes, but for training. Their Levels stay out of sight. */
export function DoneList({ project }: { project: string }) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const pages = useInfiniteQuery({
    ...trpc.rating.done.infiniteQueryOptions(
      { project },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
    enabled: isOpen,
  });
  const { error } = pages;
  return (
    <details className="basis-full" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="link">What you rated</summary>
      <ul className="mt-2 grid max-w-[560px] grid-cols-1 gap-1">
        {pages.data?.pages
          .flatMap(({ done }) => done)
          .map((sitting) => (
            <li
              key={sitting.id}
              className="grid min-h-7 grid-cols-[minmax(0,1fr)_76px_auto] items-center gap-4"
            >
              <PairName a={sitting.conceptA} b={sitting.conceptB} />
              <span className="small-print">
                {sitting.submittedAt ? <TimeAgo at={sitting.submittedAt} /> : null}
              </span>
              {sitting.mayChange ? (
                <ButtonLink size={26} href={`/rate/${sitting.id}?again=1`}>
                  Change it
                </ButtonLink>
              ) : (
                <span className="small-print">
                  {sitting.isTraining ? "training, answered" : "its round is closed"}
                </span>
              )}
            </li>
          ))}
      </ul>
      <ShowMore list={pages} words="Earlier ones" className="mt-2" />
      {error ? (
        <p role="alert" className="mt-2 text-12 text-bad">
          {error.message}
        </p>
      ) : null}
    </details>
  );
}
