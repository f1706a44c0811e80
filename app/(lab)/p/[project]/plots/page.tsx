import type { Metadata } from "next";
import { z } from "zod";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Plots } from "./_plots/plots";

export const metadata: Metadata = { title: "Plots" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ revision?: string; judge?: string }>;
};

export default async function PlotsPage({ params, searchParams }: Props) {
  const { project } = await params;
  const asked = await searchParams;
  const revisionId = z.uuid().safeParse(asked.revision).data;
  const judge = asked.judge === "simulated" ? "simulated" : "human";
  prefetch(trpc.project.plots.queryOptions({ project, revisionId, judge }));
  return (
    <Page>
      <HydrateClient>
        <Plots project={project} revisionId={revisionId} judge={judge} />
      </HydrateClient>
    </Page>
  );
}
