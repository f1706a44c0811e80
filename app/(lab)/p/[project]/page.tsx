import { z } from "zod";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Board } from "./_board/board";

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ revision?: string }>;
};

export default async function BoardPage({ params, searchParams }: Props) {
  const { project } = await params;
  // A mangled address shows the revision in use rather than a failure.
  const revisionId = z.uuid().safeParse((await searchParams).revision).data;
  prefetch(trpc.project.board.queryOptions({ project, revisionId }));
  return (
    <Page>
      <HydrateClient>
        <Board project={project} revisionId={revisionId} />
      </HydrateClient>
    </Page>
  );
}
