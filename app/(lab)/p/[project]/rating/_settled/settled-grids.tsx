"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { Input } from "@/app/_ui/field";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import type { AppRouter } from "@/server/trpc/router";

export type SettledGrid = inferRouterOutputs<AppRouter>["rating"]["settled"]["rows"][number];

export type SettledGridsProps = {
  project: string;
  /** What choosing one does. */
  act: string;
  isOffered: (grid: SettledGrid) => boolean;
  onChoose: (gridId: string) => void;
};

/** Full grids whose every image has a verdict, found by a concept. */
export function SettledGrids({ project, act, isOffered, onChoose }: SettledGridsProps) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const list = useInfiniteQuery({
    ...trpc.rating.settled.infiniteQueryOptions(
      { project, search: search || null },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  });
  const { data, error } = list;
  const rows = data?.pages.flatMap((page) => page.rows).filter(isOffered);
  return (
    <div className="grid gap-2">
      <Input
        type="search"
        aria-label="Search concepts"
        placeholder="Search concepts"
        className="max-w-64"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error ? <p role="alert">{error.message}</p> : null}
      {rows || error ? null : <Skeleton className="h-40" />}
      {rows?.length === 0 ? (
        <EmptyState title="No such grid.">
          Full grids stand here once all their raters are done and no image is left open.
        </EmptyState>
      ) : null}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {rows?.map((grid) => (
          <li
            key={grid.gridId}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 py-1.5"
          >
            <span className="min-w-0">
              <PairName a={grid.conceptA} b={grid.conceptB} />
              <span className="small-print block">{standing(grid)}</span>
            </span>
            <Button
              size={26}
              aria-label={`${act}: ${grid.conceptA}, ${grid.conceptB}`}
              onClick={() => onChoose(grid.gridId)}
            >
              {act}
            </Button>
          </li>
        ))}
      </ul>
      <ShowMore list={list} />
    </div>
  );
}

function standing({ raters, majority, adjudicated, gold }: SettledGrid): string {
  const parts = [
    raters === 1 ? "1 rater" : `${raters} raters`,
    ...(majority > 0 ? [`${majority} images by majority`] : []),
    ...(adjudicated > 0 ? [`${adjudicated} settled`] : []),
    ...(gold ? [gold === "gold" ? "gold" : "training"] : []),
  ];
  return parts.join(", ");
}
