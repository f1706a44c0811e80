import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { NewGenerator } from "../_form/new-generator";

export const metadata: Metadata = { title: "New generator" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ endpoint?: string }>;
};

export default async function NewGeneratorPage({ params, searchParams }: Props) {
  const { project } = await params;
  const { endpoint } = await searchParams;
  prefetch(trpc.generation.listEndpoints.queryOptions({ project }));
  prefetch(trpc.generation.listGenerators.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <NewGenerator project={project} endpointName={endpoint} />
      </HydrateClient>
    </Page>
  );
}
