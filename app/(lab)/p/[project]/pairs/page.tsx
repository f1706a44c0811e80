import type { Metadata } from "next";
import { HydrateClient, prefetch, prefetchPages, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Pairs } from "./_pairs/pairs";
import { Review } from "./_review/review";

export const metadata: Metadata = { title: "Pairs" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ view?: string }>;
};

export default async function PairsPage({ params, searchParams }: Props) {
  const { project } = await params;
  const { view } = await searchParams;
  prefetch(trpc.mining.proposerInUse.queryOptions({ project }));
  prefetch(trpc.generation.vocabulary.queryOptions({ project }));
  if (view === "review") {
    prefetchPages(
      trpc.mining.reviewQueue.infiniteQueryOptions(
        { project },
        { getNextPageParam: (page) => page.nextCursor },
      ),
    );
    return (
      <HydrateClient>
        <Review project={project} />
      </HydrateClient>
    );
  }
  prefetch(trpc.mining.countPairs.queryOptions({ project }));
  prefetch(trpc.mining.listPatterns.queryOptions({ project }));
  prefetch(trpc.generation.countLooks.queryOptions({ project }));
  prefetch(trpc.mining.listWaiting.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Pairs project={project} view={view === "repeats" ? "repeats" : "table"} />
      </HydrateClient>
    </Page>
  );
}
