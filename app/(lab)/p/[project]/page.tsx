import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Board } from "./_board/board";

export default async function BoardPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  prefetch(trpc.project.board.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Board project={project} />
      </HydrateClient>
    </Page>
  );
}
