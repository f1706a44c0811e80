import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Gold } from "./_gold/gold";

export const metadata: Metadata = { title: "Gold" };

type Props = { params: Promise<{ project: string }> };

export default async function GoldPage({ params }: Props) {
  const { project } = await params;
  prefetch(trpc.rating.gold.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Gold project={project} />
      </HydrateClient>
    </Page>
  );
}
