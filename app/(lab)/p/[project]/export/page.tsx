import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Exports } from "./exports";

export const metadata: Metadata = { title: "Export" };

export default async function ExportPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  prefetch(trpc.release.contents.queryOptions({ project }));
  prefetch(trpc.release.exports.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Exports project={project} />
      </HydrateClient>
    </Page>
  );
}
