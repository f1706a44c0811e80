import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { ImportPairs } from "./import-pairs";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  prefetch(trpc.mining.listPatterns.queryOptions({ project }));
  prefetch(trpc.imports.list.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <ImportPairs project={project} />
      </HydrateClient>
    </Page>
  );
}
