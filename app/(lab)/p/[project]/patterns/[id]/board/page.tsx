import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { findPatternName } from "../../find-pattern-name";
import { BoardScreen } from "./_board/board-screen";

type Props = { params: Promise<{ project: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, id } = await params;
  return { title: `Combine: ${await findPatternName(project, id)}` };
}

export default async function PairBoardPage({ params }: Props) {
  const { project, id } = await params;
  await findPatternName(project, id);
  prefetch(trpc.mining.pairBoard.queryOptions({ project, patternId: id }));
  prefetch(trpc.mining.listPatternQuestions.queryOptions({ project }));
  return (
    <HydrateClient>
      <BoardScreen project={project} patternId={id} />
    </HydrateClient>
  );
}
