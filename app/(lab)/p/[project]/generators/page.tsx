import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Generators } from "./generators";

export const metadata: Metadata = { title: "Generators" };

type Props = { params: Promise<{ project: string }> };

export default async function GeneratorsPage({ params }: Props) {
  const { project } = await params;
  prefetch(trpc.generation.listGenerators.queryOptions({ project }));
  prefetch(trpc.generation.listEndpoints.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Generators project={project} />
      </HydrateClient>
    </Page>
  );
}
