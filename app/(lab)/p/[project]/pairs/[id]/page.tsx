import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { getCaller, HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { PairView } from "./_pair/pair-view";

type Props = { params: Promise<{ project: string; id: string }> };

const findPair = cache(async (project: string, pairId: string) => {
  if (!z.uuid().safeParse(pairId).success) notFound();
  const caller = await getCaller();
  try {
    return (await caller.mining.pairDetail({ project, pairId })).pair;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, id } = await params;
  const { conceptA, conceptB } = await findPair(project, id);
  return { title: `${conceptA} × ${conceptB}` };
}

export default async function PairPage({ params }: Props) {
  const { project, id } = await params;
  const { state } = await findPair(project, id);
  prefetch(trpc.mining.pairDetail.queryOptions({ project, pairId: id }));
  prefetch(trpc.generation.vocabulary.queryOptions({ project }));
  if (state === "accepted")
    prefetch(trpc.generation.previewRun.queryOptions({ project, pairIds: [id] }));
  return (
    <Page>
      <HydrateClient>
        <PairView project={project} pairId={id} />
      </HydrateClient>
    </Page>
  );
}
