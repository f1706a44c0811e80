import type { Metadata } from "next";
import { HydrateClient, prefetch, readFirst, trpc } from "@/app/_trpc/server";
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
  const comparison = await readFirst(trpc.comparison.show.queryOptions({ project, ...asked }));
  if (comparison) {
    const of = { kind: "repair", number: comparison.repair.number } as const;
    prefetch(trpc.scoring.show.queryOptions({ project, of }));
  }
  return (
    <Page>
      <HydrateClient>
        <CompareView project={project} asked={asked} />
      </HydrateClient>
    </Page>
  );
}
