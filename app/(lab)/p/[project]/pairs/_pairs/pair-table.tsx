"use client";

import { keepPreviousData, useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Th } from "@/app/_ui/table";
import { outsideOf } from "@/server/generation/domain/vocabulary";
import { AskAboutPairs } from "./ask-about-pairs";
import { isFiltered, readFilter } from "./pair-filter";
import { PairFilters } from "./pair-filters";
import { type Outside, PairRow } from "./pair-row";

export function PairTable({ project }: { project: string }) {
  const trpc = useTRPC();
  const search = useSearchParams();
  const list = useInfiniteQuery({
    ...trpc.mining.listPairs.infiniteQueryOptions(
      { project, ...readFilter(search) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  });
  const outside = useOutside(project);
  const { data, error } = list;
  const pairs = data?.pages.flatMap((page) => page.pairs);

  return (
    <>
      <PairFilters project={project}>
        {pairs?.some(({ state }) => state === "accepted") ? (
          <AskAboutPairs project={project} />
        ) : null}
      </PairFilters>
      {error ? (
        <p role="alert" className="text-bad">
          {error.message}
        </p>
      ) : null}
      {!pairs && !error ? <Skeleton className="h-96 w-full" /> : null}
      {pairs?.length === 0 ? <NoPair project={project} isFiltered={isFiltered(search)} /> : null}
      {pairs && pairs.length > 0 ? (
        <Table
          label="Pairs"
          head={
            <>
              <Th>Concept A</Th>
              <Th>Concept B</Th>
              <Th>Expected instead</Th>
              <Th>Pattern</Th>
              <Th>Origin</Th>
              <Th>State</Th>
              <Th>Prompts</Th>
              <Th>Level</Th>
            </>
          }
        >
          {pairs.map((pair) => (
            <PairRow key={pair.id} project={project} pair={pair} outside={outside} />
          ))}
        </Table>
      ) : null}
      <div className="mt-3 flex">
        <ShowMore list={list} />
      </div>
    </>
  );
}

/** The vocabulary is read into its keys once for all rows. */
function useOutside(project: string): Outside | null {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.generation.vocabulary.queryOptions({ project }));
  return useMemo(() => data && { generator: data.generator, has: outsideOf(data) }, [data]);
}

function NoPair({ project, isFiltered }: { project: string; isFiltered: boolean }) {
  if (isFiltered)
    return <EmptyState title="No pair fits these filters.">Loosen or clear them above.</EmptyState>;
  return (
    <EmptyState
      title="No pair yet."
      actions={
        <>
          <ButtonLink variant="primary" href={`/p/${project}/pairs?add=1`}>
            Add a pair
          </ButtonLink>
          <ButtonLink href={`/p/${project}/import`}>Import a list</ButtonLink>
        </>
      }
    >
      A pair is two concepts that are easy to draw alone and hard together, say iced coke and a tea
      cup. Name a pattern first, then type or import some twenty pairs of it.
    </EmptyState>
  );
}
