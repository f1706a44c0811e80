"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import type { Repeat } from "@/server/mining/list-repeats";

/** Proposals that brought nothing new: every one is kept, because novelty is counted from them. */
export function Repeats({ project }: { project: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.mining.listRepeats.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { data } = list;
  const repeats = data?.pages.flatMap((page) => page.repeats);
  if (!repeats) return <Skeleton className="h-96 w-full" />;
  if (repeats.length === 0)
    return (
      <EmptyState title="No repeat yet.">
        A proposal that you already have, or that cannot be a pair, stands here beside its twin or
        its fault. Rising repeats mean that a pattern runs dry.
      </EmptyState>
    );
  return (
    <>
      <Table
        label="Repeats"
        head={
          <>
            <Th>Proposed</Th>
            <Th>Why it was not added</Th>
            <Th>Its twin</Th>
            <Th>Pattern</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </>
        }
      >
        {repeats.map((repeat) => (
          <RepeatRow key={repeat.id} project={project} repeat={repeat} />
        ))}
      </Table>
      <ShowMore list={list} className="mt-3" />
    </>
  );
}

function RepeatRow({ project, repeat }: { project: string; repeat: Repeat }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const keep = useMutation(
    trpc.mining.decideDuplicate.mutationOptions({
      onSuccess: () => {
        toast("Kept: it waits for your review");
        return queries.invalidateQueries(trpc.mining.pathFilter());
      },
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const { a, b, twinId, twinA, twinB } = repeat;
  return (
    <Tr>
      <Td>
        <PairName a={a} b={b} />
      </Td>
      <Td>{whyNot(repeat)}</Td>
      <Td>
        {twinId ? (
          <Link href={`/p/${project}/pairs/${twinId}`} className="link">
            {twinA} × {twinB}
          </Link>
        ) : null}
      </Td>
      <Td className="max-w-64 truncate">
        {repeat.pattern}, batch {repeat.batchNumber}
      </Td>
      <Td num>
        {repeat.outcome === "duplicate" && repeat.step === "lexical" ? (
          <Button
            size={26}
            busy={keep.isPending && "Keeping"}
            onClick={() => keep.mutate({ project, proposalId: repeat.id, decision: "keep" })}
          >
            Not the same: keep
          </Button>
        ) : null}
      </Td>
    </Tr>
  );
}

function whyNot({ outcome, step, similarity, reason }: Repeat): string {
  if (outcome === "invalid") return reason ?? "It cannot be a pair";
  if (outcome === "overruled") return "Kept all the same";
  if (step === "exact") return "The very pair you have";
  const likeness = similarity === null ? "" : ` (${similarity.toFixed(2)})`;
  return reason ?? `Its words look like the twin's${likeness}`;
}
