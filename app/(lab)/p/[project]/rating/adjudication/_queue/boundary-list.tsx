"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { LevelChip } from "@/app/_ui/level-chip";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import type { BoundaryGrid } from "@/server/adjudication/list-boundary";

/** Grids whose Level one vote more could change: where another rater is worth most. */
export function BoundaryList({ project }: { project: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.adjudication.boundary.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { data } = list;
  const rows = data?.pages.flatMap((page) => page.rows);
  if (!rows) return <Skeleton className="h-96 w-full" />;
  if (rows.length === 0) {
    return (
      <EmptyState title="No Level hangs on a single vote.">
        A grid stands here when one vote more could give it another Level.
      </EmptyState>
    );
  }
  return (
    <>
      <AskAll project={project} rows={rows} />
      <BoundaryTable project={project} rows={rows} />
      <p className="mt-1.5 small-print">
        Grids of all revisions, judged by people. Intervals of the share of correct images: exact
        (Clopper and Pearson) and Wilson’s.
      </p>
      <ShowMore list={list} className="mt-3" />
    </>
  );
}

function BoundaryTable({ project, rows }: { project: string; rows: readonly BoundaryGrid[] }) {
  return (
    <Table
      label="Grids at the boundary of a Level"
      head={
        <>
          <Th>Pair</Th>
          <Th>Pattern</Th>
          <Th>Level</Th>
          <Th num>Correct</Th>
          <Th num>95 % exact</Th>
          <Th num>95 % Wilson</Th>
          <Th>Votes</Th>
          <Th>Next</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Tr key={row.gridId}>
          <Td>
            <Link
              className="hover:underline"
              href={`/p/${project}/rating/adjudication/${row.gridId}`}
            >
              <PairName a={row.conceptA} b={row.conceptB} />
            </Link>
          </Td>
          <Td>{row.pattern}</Td>
          <Td>
            <LevelChip level={row.level} />
          </Td>
          <Td num className="whitespace-nowrap">
            {row.correct} of 20
          </Td>
          <Td num className="whitespace-nowrap">
            {sayShares(row.exact)}
          </Td>
          <Td num className="whitespace-nowrap">
            {sayShares(row.wilson)}
          </Td>
          <Td>{votesOf(row)}</Td>
          <Td className="whitespace-nowrap">
            {row.isAsked ? "One more is asked" : <AskOne project={project} row={row} />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function votesOf({ raters, unanimous, majority, adjudicated }: BoundaryGrid): string {
  if (raters === 1) return "1 rater";
  const parts = [
    `${unanimous} unanimous`,
    `${majority} by majority`,
    ...(adjudicated > 0 ? [`${adjudicated} adjudicated`] : []),
  ];
  return `${raters} raters: ${parts.join(", ")}`;
}

const sayShares = ({ low, high }: { low: number; high: number }) =>
  `${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)} %`;

function useAsk() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.adjudication.askAnotherLook.mutationOptions({
      onSuccess: ({ asked }, { gridIds }) => {
        toast(saidOf(asked, gridIds.length));
        return queries.invalidateQueries(trpc.adjudication.pathFilter());
      },
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
}

function saidOf(asked: number, of: number): string {
  if (asked > 0) return `${asked === 1 ? "1 grid goes" : `${asked} grids go`} to one more rater.`;
  return of === 1
    ? "This grid has had its further look already."
    : "Each of them has had its further look already.";
}

function AskOne({ project, row }: { project: string; row: BoundaryGrid }) {
  const ask = useAsk();
  return (
    <Button
      size={26}
      busy={ask.isPending && "Asking"}
      aria-label={`Ask one more rater about ${row.conceptA} × ${row.conceptB}`}
      onClick={() => ask.mutate({ project, gridIds: [row.gridId] })}
    >
      Ask one more rater
    </Button>
  );
}

/** One more rater for each grid of the list that has had no such look yet. */
function AskAll({ project, rows }: { project: string; rows: readonly BoundaryGrid[] }) {
  const ask = useAsk();
  const gridIds = rows.slice(0, 200).map((row) => row.gridId);
  return (
    <p className="mb-3 flex items-center gap-3 text-13">
      <Button
        variant="primary"
        busy={ask.isPending && "Asking"}
        onClick={() => ask.mutate({ project, gridIds })}
      >
        Ask one more rater about {gridIds.length === 1 ? "it" : `these ${gridIds.length}`}
      </Button>
      <span className="small-print">Nobody is told why, and nobody judges a grid twice.</span>
    </p>
  );
}
