import type { Metadata } from "next";
import { z } from "zod";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { NewComparison } from "./_new/new-comparison";

export const metadata: Metadata = { title: "New comparison" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ baseline?: string; pair?: string }>;
};

export default async function NewComparisonPage({ params, searchParams }: Props) {
  const { project } = await params;
  const { baseline, pair } = await searchParams;
  const baselineRevisionId = z.uuid().safeParse(baseline).data;
  prefetch(trpc.comparison.choices.queryOptions({ project, baselineRevisionId }));
  return (
    <Page>
      <HydrateClient>
        <NewComparison
          project={project}
          baselineRevisionId={baselineRevisionId}
          onlyPairId={pair}
        />
      </HydrateClient>
    </Page>
  );
}
