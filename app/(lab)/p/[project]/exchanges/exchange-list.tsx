"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { EmptyState } from "@/app/_ui/empty-state";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Th } from "@/app/_ui/table";
import { EXCHANGE_OUTCOMES, EXCHANGE_PURPOSES } from "@/db/enums";
import { ExchangeFilters } from "./exchange-filters";
import { ExchangeRow } from "./exchange-row";

const SPEAKS_OF = ["batch", "pair", "inquiry"];

/** All exchanges, the newest first; the filters live in the address. */
export function ExchangeList({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const search = useSearchParams();
  const purpose = EXCHANGE_PURPOSES.find((known) => known === search.get("purpose"));
  const outcome = EXCHANGE_OUTCOMES.find((known) => known === search.get("outcome"));
  const list = useInfiniteQuery(
    trpc.mining.listExchanges.infiniteQueryOptions(
      { project, purpose, outcome },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { data } = list;
  useLive(project, (event) => {
    if (event !== "resync" && !SPEAKS_OF.includes(event.topic)) return;
    void queries.invalidateQueries(trpc.mining.listExchanges.pathFilter());
  });
  const found = data?.pages.flatMap((page) => page.exchanges);
  return (
    <>
      <ExchangeFilters />
      {found ? null : <Skeleton className="h-96 w-full" />}
      {found?.length === 0 ? <Nothing isFiltered={Boolean(purpose || outcome)} /> : null}
      {found && found.length > 0 ? (
        <Table
          label="Exchanges"
          head={
            <>
              <Th>Asked to</Th>
              <Th>About</Th>
              <Th>Outcome</Th>
              <Th>Asked of</Th>
              <Th num>Tokens</Th>
              <Th num>Took</Th>
              <Th>When</Th>
            </>
          }
        >
          {found.map((exchange) => (
            <ExchangeRow key={exchange.id} project={project} exchange={exchange} />
          ))}
        </Table>
      ) : null}
      <ShowMore list={list} className="mt-3" />
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No exchange like this.">Choose another purpose or outcome.</EmptyState>
  ) : (
    <EmptyState title="Nothing was asked yet.">
      Propose pairs of a pattern, or accept a pair: its prompts are asked for.
    </EmptyState>
  );
}
