"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { ShowMore } from "@/app/_ui/show-more";
import { ChosenGrids } from "./chosen-grids";
import { GridTable } from "./grid-table";
import { KeptSeats } from "./kept-seats";

/** Grids that wait for raters, in the order in which they are handed out. */
export function WaitingGrids({ project }: { project: string }) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useSuspenseInfiniteQuery(
    trpc.rating.openGrids.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = list.data.pages.flatMap((page) => page.rows);
  return (
    <section aria-label="Waiting grids" className="grid gap-3">
      <div className="flex min-h-7 flex-wrap items-center gap-3">
        <h2>Waiting grids, in the order they are handed out</h2>
        {rows.length > 0 ? (
          <ChosenGrids project={project} grids={rows.filter(({ gridId }) => chosen.has(gridId))} />
        ) : null}
      </div>
      <KeptSeats project={project} />
      {rows.length === 0 ? (
        <EmptyState title="No grid waits.">Drawn grids stand here until they are rated.</EmptyState>
      ) : (
        <GridTable rows={rows} chosen={chosen} onChoose={setChosen} />
      )}
      <ShowMore list={list} />
    </section>
  );
}
