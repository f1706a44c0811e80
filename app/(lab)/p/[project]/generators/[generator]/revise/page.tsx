import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getCaller, HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { NewRevision } from "../../_form/new-revision";

export const metadata: Metadata = { title: "New revision" };

type Props = {
  params: Promise<{ project: string; generator: string }>;
  searchParams: Promise<{ from?: string; weights?: string }>;
};

export default async function NewRevisionPage({ params, searchParams }: Props) {
  const { project, generator } = await params;
  const { from, weights } = await searchParams;
  const caller = await getCaller();
  const revisions = await caller.generation.listGenerators({ project });
  const own = revisions.filter(({ generatorId }) => generatorId === generator);
  // The newest one stands first.
  const begin = own.find(({ id }) => id === from) ?? own[0];
  if (!begin) notFound();
  prefetch(trpc.generation.listEndpoints.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <NewRevision project={project} from={begin} hasOtherWeights={weights === "other"} />
      </HydrateClient>
    </Page>
  );
}
