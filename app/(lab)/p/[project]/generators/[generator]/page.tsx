import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { GeneratorView } from "./_generator/generator-view";

export const metadata: Metadata = { title: "Generator" };

type Props = { params: Promise<{ project: string; generator: string }> };

export default async function GeneratorPage({ params }: Props) {
  const { project, generator } = await params;
  const generatorId = z.uuid().safeParse(generator).data;
  if (!generatorId) notFound();
  prefetch(trpc.generation.showGenerator.queryOptions({ project, generatorId }));
  prefetch(trpc.generation.listEndpoints.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <GeneratorView project={project} generatorId={generatorId} />
      </HydrateClient>
    </Page>
  );
}
