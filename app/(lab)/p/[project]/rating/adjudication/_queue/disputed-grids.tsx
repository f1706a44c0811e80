"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Input } from "@/app/_ui/field";
import { LevelChip } from "@/app/_ui/level-chip";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { Skeleton } from "@/app/_ui/skeleton";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { AdjudicationRow } from "@/server/adjudication/list-adjudications";
import { ListAdjudications } from "@/server/adjudication/schemas";
import { PatternSelect, RaterSelect, useAddressField } from "../../_shell/address-fields";

type View = ListAdjudications["view"];
const { patternId, raterId, words } = ListAdjudications.shape;

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
  const search = useSearchParams();
  const asked = {
    patternId: patternId.safeParse(search.get("pattern") ?? undefined).data,
    raterId: raterId.safeParse(search.get("rater") ?? undefined).data,
    words: words.safeParse(search.get("words") || undefined).data,
  };
  const list = useInfiniteQuery({
    ...trpc.adjudication.list.infiniteQueryOptions(
      { project, view, ...asked },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  });
  const { data } = list;
  const rows = data?.pages.flatMap((page) => page.rows);
  const isFiltered = Boolean(asked.patternId ?? asked.raterId ?? asked.words);
  return (
    <>
      <Filters project={project} />
      {rows ? null : <Skeleton className="h-96 w-full" />}
      {rows?.length === 0 ? <Nothing view={view} isFiltered={isFiltered} /> : null}
      {rows && rows.length > 0 ? <Grids project={project} rows={rows} /> : null}
      <ShowMore list={list} className="mt-3" />
    </>
  );
}

/** Pattern, rater and words of a prompt; the address holds them. */
function Filters({ project }: { project: string }) {
  const trpc = useTRPC();
  const field = useAddressField();
  const search = useSearchParams();
  const { data } = useQuery(trpc.adjudication.choices.queryOptions({ project }));
  const narrow = (words: string) => {
    const next = new URLSearchParams(search);
    if (words) next.set("words", words);
    else next.delete("words");
    window.history.replaceState(null, "", `?${next}`);
  };
  if (!data) return null;
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <PatternSelect field={field("pattern")} choices={data.patterns} />
      <RaterSelect field={field("rater")} choices={data.raters} />
      <Input
        type="search"
        aria-label="Words of a prompt"
        placeholder="Words of a prompt"
        className="max-w-56"
        defaultValue={search.get("words") ?? ""}
        onChange={(event) => narrow(event.target.value)}
      />
    </search>
  );
}

function Nothing({ view, isFiltered }: { view: View; isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState title="None of these.">Other patterns, raters or words may have some.</EmptyState>
    );
  }
  return <EmptyState title={EMPTY[view].title}>{EMPTY[view].next}</EmptyState>;
}

function Grids({ project, rows }: { project: string; rows: readonly AdjudicationRow[] }) {
  return (
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
