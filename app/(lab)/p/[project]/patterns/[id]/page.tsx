import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { findPatternName } from "../find-pattern-name";
import { PatternView } from "./_pattern/pattern-view";

type Props = { params: Promise<{ project: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, id } = await params;
  return { title: await findPatternName(project, id) };
}

export default async function PatternPage({ params }: Props) {
  const { project, id } = await params;
  await findPatternName(project, id);
  prefetch(trpc.mining.patternDetail.queryOptions({ project, patternId: id }));
  prefetch(trpc.mining.listPatterns.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <PatternView project={project} patternId={id} />
      </HydrateClient>
    </Page>
  );
}
