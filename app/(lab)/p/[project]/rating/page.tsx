import type { Metadata } from "next";
import { HydrateClient, prefetch, prefetchPages, trpc } from "@/app/_trpc/server";
import { ButtonLink } from "@/app/_ui/button-link";
import { Page, PageHead } from "@/app/_ui/page-head";
import { GuidelinesEditor } from "./_guidelines/guidelines-editor";
import { Problems } from "./problems";
import { Rounds } from "./rounds";

export const metadata: Metadata = { title: "Rating" };

type Props = { params: Promise<{ project: string }> };

export default async function ProjectRatingPage({ params }: Props) {
  const { project } = await params;
  prefetch(trpc.rating.guidelines.queryOptions({ project }));
  prefetchPages(
    trpc.rating.guidelineVersions.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  prefetch(trpc.rating.rounds.queryOptions({ project }));
  prefetch(trpc.rating.problems.queryOptions({ project }));
  return (
    <HydrateClient>
      <Page>
        <PageHead
          title="How grids are judged, and what raters could not judge"
          actions={<ButtonLink href={`/rate?project=${project}`}>Rate</ButtonLink>}
        />
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-10 max-[1000px]:grid-cols-1">
          <GuidelinesEditor project={project} />
          <div className="grid content-start gap-10">
            <Rounds project={project} />
            <Problems project={project} />
          </div>
        </div>
      </Page>
    </HydrateClient>
  );
}
