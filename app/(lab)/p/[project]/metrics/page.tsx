import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { askedIn } from "./_metrics/asked";
import { MetricsView } from "./_metrics/metrics-view";

export const metadata: Metadata = { title: "Metrics" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MetricsPage({ params, searchParams }: Props) {
  const { project } = await params;
  const asked = askedIn(await searchParams);
  prefetch(trpc.metrics.show.queryOptions({ project, ...asked }));
  return (
    <Page>
      <HydrateClient>
        <MetricsView project={project} asked={asked} />
      </HydrateClient>
    </Page>
  );
}
