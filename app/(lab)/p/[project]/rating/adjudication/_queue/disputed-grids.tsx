"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { LevelChip } from "@/app/_ui/level-chip";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { AdjudicationRow } from "@/server/adjudication/list-adjudications";
import type { ListAdjudications } from "@/server/adjudication/schemas";

type View = ListAdjudications["view"];

const EMPTY: Record<View, { title: string; next: string }> = {
  open: {
    title: "No tie.",
    next: "A grid comes here when all its raters are done and as many say correct as incorrect of an image.",
  },
  split: {
    title: "Raters agree on every image so far.",
    next: "Grids with more than one rater are compared as soon as all of them are done.",
  },
};

export function DisputedGrids({ project, view }: { project: string; view: View }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.adjudication.list.infiniteQueryOptions(
      { project, view },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { data } = list;
  const rows = data?.pages.flatMap((page) => page.rows);
  if (!rows) return <Skeleton className="h-96 w-full" />;
  if (rows.length === 0)
    return <EmptyState title={EMPTY[view].title}>{EMPTY[view].next}</EmptyState>;
  return (
    <>
      <Table
        label="Grids"
        head={
          <>
            <Th>Pair</Th>
            <Th>Pattern</Th>
            <Th num>Raters</Th>
            <Th num>Tied</Th>
            <Th num>By majority</Th>
            <Th num>Settled</Th>
            <Th num>Disagreement</Th>
            <Th>Level</Th>
          </>
        }
      >
        {rows.map((row) => (
          <GridRow key={row.gridId} project={project} row={row} />
        ))}
      </Table>
      <ShowMore list={list} className="mt-3" />
    </>
  );
}

function GridRow({ project, row }: { project: string; row: AdjudicationRow }) {
  return (
    <Tr>
      <Td>
        <Link className="hover:underline" href={`/p/${project}/rating/adjudication/${row.gridId}`}>
          <PairName a={row.conceptA} b={row.conceptB} />
        </Link>
      </Td>
      <Td>{row.pattern}</Td>
      <Td num>{row.raters}</Td>
      <Td num>{row.open}</Td>
      <Td num>{row.majority}</Td>
      <Td num>{row.adjudicated}</Td>
      <Td num>{row.raters > 1 ? `${Math.round(row.disagreement * 100)} %` : "–"}</Td>
      <Td>
        <LevelChip level={row.level} />
      </Td>
    </Tr>
  );
}
