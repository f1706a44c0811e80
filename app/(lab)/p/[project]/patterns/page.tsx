import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Patterns } from "./patterns";

export const metadata: Metadata = { title: "Patterns" };

export default async function PatternsPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  prefetch(trpc.mining.listPatterns.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Patterns project={project} />
      </HydrateClient>
    </Page>
  );
}
