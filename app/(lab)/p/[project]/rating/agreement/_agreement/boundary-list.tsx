"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { LevelChip } from "@/app/_ui/level-chip";
import { PairName } from "@/app/_ui/pair-name";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import type { BoundaryGrid } from "@/server/agreement/list-boundary";

/** Grids whose Level one vote more could change: where another rater is worth most. */
export function BoundaryList({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.agreement.boundary.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = data?.pages.flatMap((page) => page.rows);
  return (
    <section aria-labelledby="boundary" className="mt-8">
      <h2 id="boundary" className="mb-1">
        At the boundary of a Level
      </h2>
      <p className="mb-2 small-print">
        One vote more could change these Levels; grids of all revisions, judged by people. Intervals
        of the share of correct images: exact (Clopper and Pearson).
      </p>
      {rows ? null : <Skeleton className="h-24 w-full" />}
      {rows?.length === 0 ? <p className="text-13 text-ink-2">None at the moment.</p> : null}
      {rows && rows.length > 0 ? <BoundaryTable project={project} rows={rows} /> : null}
      {hasNextPage ? (
        <Button
          className="mt-3"
          busy={isFetchingNextPage && "Loading"}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </section>
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
          <Th num>95 % interval</Th>
          <Th>Votes</Th>
          <Th>Next</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Tr key={row.gridId}>
          <Td>
            <Link className="hover:underline" href={`/p/${project}/pairs/${row.pairId}`}>
              <PairName a={row.conceptA} b={row.conceptB} />
            </Link>
          </Td>
          <Td>{row.pattern}</Td>
          <Td>
            <LevelChip level={row.level} />
          </Td>
          <Td num>{row.correct} of 20</Td>
          <Td num>
            {(row.exact.low * 100).toFixed(1)} to {(row.exact.high * 100).toFixed(1)} %
          </Td>
          <Td>{votesOf(row)}</Td>
          <Td>{row.isAsked ? "One more is asked" : <AskOne project={project} row={row} />}</Td>
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

function AskOne({ project, row }: { project: string; row: BoundaryGrid }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const ask = useMutation(
    trpc.adjudication.askAnotherLook.mutationOptions({
      onSuccess: ({ asked }) => {
        toast(
          asked === 0
            ? "This grid has had its further look already."
            : "This grid goes to one more rater.",
        );
        return queries.invalidateQueries(trpc.agreement.boundary.pathFilter());
      },
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
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
