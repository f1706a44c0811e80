import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { ADJUDICATION_VIEWS } from "@/server/adjudication/schemas";
import { Queue } from "./_queue/queue";

export const metadata: Metadata = { title: "Adjudication" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ view?: string }>;
};

export default async function AdjudicationPage({ params, searchParams }: Props) {
  const { project } = await params;
  const asked = (await searchParams).view;
  const view = ADJUDICATION_VIEWS.find((one) => one === asked) ?? "open";
  prefetch(trpc.adjudication.count.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Queue project={project} view={view} />
      </HydrateClient>
    </Page>
  );
}
