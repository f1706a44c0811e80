import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { askedIn } from "./_compare/asked";
import { CompareView } from "./_compare/compare-view";

export const metadata: Metadata = { title: "Compare" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ComparePage({ params, searchParams }: Props) {
  const { project } = await params;
  const asked = askedIn(await searchParams);
  prefetch(trpc.comparison.show.queryOptions({ project, ...asked }));
  return (
    <Page>
      <HydrateClient>
        <CompareView project={project} asked={asked} />
      </HydrateClient>
    </Page>
  );
}
