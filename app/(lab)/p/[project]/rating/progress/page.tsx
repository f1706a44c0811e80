import type { Metadata } from "next";
import { HydrateClient, prefetch, prefetchPages, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Progress } from "./progress";

export const metadata: Metadata = { title: "Rating progress" };

type Props = { params: Promise<{ project: string }> };

export default async function ProgressPage({ params }: Props) {
  const { project } = await params;
  prefetch(trpc.rating.progress.queryOptions({ project }));
  prefetch(trpc.rating.withoutRater.queryOptions({ project }));
  prefetch(trpc.rating.keptSeats.queryOptions({ project }));
  prefetchPages(
    trpc.rating.openGrids.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  return (
    <Page>
      <HydrateClient>
        <Progress project={project} />
      </HydrateClient>
    </Page>
  );
}
