import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Runs } from "./runs";

export const metadata: Metadata = { title: "Runs" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ revision?: string }>;
};

export default async function RunsPage({ params, searchParams }: Props) {
  const { project } = await params;
  const { revision } = await searchParams;
  prefetch(trpc.generation.listRuns.queryOptions({ project }));
  prefetch(trpc.generation.listGenerators.queryOptions({ project }));
  prefetch(trpc.generation.previewRun.queryOptions({ project, generatorRevisionId: revision }));
  return (
    <Page>
      <HydrateClient>
        <Runs project={project} revisionId={revision} />
      </HydrateClient>
    </Page>
  );
}
