"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { BudgetKind } from "@/db/enums";
import type { BudgetEntry } from "@/server/budget/list-entries";
import { amountOf } from "./budget-words";

/** Every spending of one kind, newest first. */
export function Entries({ project, kind }: { project: string; kind: BudgetKind }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.budget.entries.infiniteQueryOptions(
      { project, kind },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const entries = list.data?.pages.flatMap((page) => page.entries);
  if (!entries) return <Skeleton className="h-40 w-full" />;
  if (entries.length === 0)
    return <EmptyState title="Nothing was spent yet.">Each spending then stands here.</EmptyState>;
  return (
    <>
      <Table
        label="Entries"
        head={
          <>
            <Th>When</Th>
            <Th>For</Th>
            <Th num>Set aside</Th>
            <Th num>Spent</Th>
            <Th>State</Th>
          </>
        }
      >
        {entries.map((entry) => (
          <EntryRow key={entry.id} project={project} kind={kind} entry={entry} />
        ))}
      </Table>
      <ShowMore list={list} className="mt-3" />
    </>
  );
}

type RowProps = { project: string; kind: BudgetKind; entry: BudgetEntry };

function EntryRow({ project, kind, entry }: RowProps) {
  return (
    <Tr>
      <Td className="w-36 whitespace-nowrap text-ink-3">
        <TimeAgo at={entry.createdAt} />
      </Td>
      <Td>
        <Subject project={project} entry={entry} />
      </Td>
      <Td num>{amountOf(kind, entry.reserved)}</Td>
      <Td num className="text-ink">
        {entry.settled === null ? "–" : amountOf(kind, entry.settled)}
      </Td>
      <Td className="w-40">
        {entry.settled === null ? (
          <StateLabel kind="rendering">Going on</StateLabel>
        ) : (
          <StateLabel kind="done">{entry.settled === 0 ? "Not used" : "Settled"}</StateLabel>
        )}
      </Td>
    </Tr>
  );
}

function Subject({ project, entry: { named, subject } }: Omit<RowProps, "kind">) {
  if (!named) return <span className="font-mono text-11 text-ink-3">{subject}</span>;
  const href = named.exchangeId
    ? `/p/${project}/exchanges/${named.exchangeId}`
    : named.pairId && `/p/${project}/pairs/${named.pairId}`;
  return href ? (
    <Link href={href} className="text-ink hover:underline">
      {named.words}
    </Link>
  ) : (
    <span>{named.words}</span>
  );
}
