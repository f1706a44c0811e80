"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageHead } from "@/app/_ui/page-head";
import { Tabs } from "@/app/_ui/tabs";
import type { PairState } from "@/db/enums";
import { AddPairDialog } from "./add-pair-dialog";
import { FirstLooks } from "./first-looks";
import { OfflineNote } from "./offline-note";
import { PairTable } from "./pair-table";
import { Repeats } from "./repeats";
import { WaitingWork } from "./waiting-work";

export type PairsProps = { project: string; view: "table" | "repeats" };

export function Pairs({ project, view }: PairsProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const search = useSearchParams();
  const { data: counts } = useSuspenseQuery(trpc.mining.countPairs.queryOptions({ project }));
  useLive(project, (event) => {
    if (event !== "resync" && !["pair", "batch", "grid", "inquiry"].includes(event.topic)) return;
    void queries.invalidateQueries(trpc.mining.pathFilter());
    void queries.invalidateQueries(trpc.rating.countScreened.pathFilter());
  });
  const base = `/p/${project}/pairs`;
  const setAdding = (isOpen: boolean) => {
    const next = new URLSearchParams(search);
    if (isOpen) next.set("add", "1");
    else next.delete("add");
    window.history.replaceState(null, "", `?${next}`);
  };

  return (
    <>
      <PageHead
        title={titleOf(counts)}
        sub={<OfflineNote project={project} />}
        actions={
          <>
            <AddPairDialog
              project={project}
              open={search.get("add") === "1"}
              onOpenChange={setAdding}
            />
            <ButtonLink href={`/p/${project}/import`}>Import</ButtonLink>
            <ButtonLink href={`/p/${project}/patterns`}>Propose</ButtonLink>
            {counts.proposed > 0 ? (
              <ButtonLink variant="primary" href={`${base}?view=review`}>
                Review {counts.proposed}
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <FirstLooks project={project} />
      <WaitingWork project={project} />
      <Tabs
        label="Pairs"
        value={view}
        onValueChange={(next) => router.push(next === "repeats" ? `${base}?view=repeats` : base)}
        tabs={[
          { value: "table", label: "Pairs", content: <PairTable project={project} /> },
          { value: "repeats", label: "Repeats", content: <Repeats project={project} /> },
        ]}
      />
    </>
  );
}

function titleOf(counts: Record<PairState, number>): string {
  const { accepted, proposed } = counts;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return "No pair yet";
  const kept = accepted === 1 ? "1 pair accepted" : `${accepted} pairs accepted`;
  return proposed > 0 ? `${kept}, ${proposed} to review` : kept;
}
