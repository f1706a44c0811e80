import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Marks } from "./marks";

export const metadata: Metadata = { title: "Marks" };

type Props = { params: Promise<{ project: string }> };

export default async function MarksPage({ params }: Props) {
  const { project } = await params;
  prefetch(trpc.rating.marks.queryOptions({ project }));
  prefetch(trpc.rating.substitution.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Marks project={project} />
      </HydrateClient>
    </Page>
  );
}
