"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { PageHead } from "@/app/_ui/page-head";
import { Tabs } from "@/app/_ui/tabs";
import type { AdjudicationView } from "@/server/adjudication/schemas";
import { AuditedFive } from "./audited-five";
import { BoundaryList } from "./boundary-list";
import { DisputedGrids } from "./disputed-grids";

/** What raters do not agree on, the fiercest dispute first. */
export function Queue({ project, view }: { project: string; view: AdjudicationView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const search = useSearchParams();
  const { data: counts } = useSuspenseQuery(trpc.adjudication.count.queryOptions({ project }));
  useLive(project, (event) => {
    if (event !== "resync" && event.topic !== "grid") return;
    void queries.invalidateQueries(trpc.adjudication.pathFilter());
  });
  const label = (name: string, count: number) => (count > 0 ? `${name} ${count}` : name);
  const tab = (value: AdjudicationView, name: string) => ({
    value,
    label: label(name, counts[value]),
    content:
      value === "boundary" ? (
        <>
          <AuditedFive project={project} />
          <BoundaryList project={project} />
        </>
      ) : (
        <DisputedGrids key={value} project={project} view={value} />
      ),
  });
  return (
    <>
      <PageHead
        title={titleOf(counts.open)}
        sub="A tie has no verdict until somebody gives one; the Level of its grid waits for it."
      />
      <Tabs
        label="Disputes"
        value={view}
        onValueChange={(next) => {
          const asked = new URLSearchParams(search);
          asked.set("view", next);
          router.push(`/p/${project}/rating/adjudication?${asked}`);
        }}
        tabs={[
          tab("open", "To settle"),
          tab("split", "All that differ"),
          tab("boundary", "On the boundary"),
        ]}
      />
    </>
  );
}

function titleOf(open: number): string {
  if (open === 0) return "Nothing waits to be settled";
  return open === 1 ? "1 grid waits to be settled" : `${open} grids wait to be settled`;
}
