import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getCaller, HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Run } from "./run";

type Props = { params: Promise<{ project: string; number: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${(await params).number}` };
}

export default async function RunPage({ params }: Props) {
  const { project, number: text } = await params;
  const number = Number(text);
  await refuseUnknown(project, number);
  prefetch(trpc.generation.runDetail.queryOptions({ project, number }));
  prefetch(trpc.scoring.show.queryOptions({ project, of: { kind: "run", number } }));
  return (
    <Page>
      <HydrateClient>
        <Run project={project} number={number} />
      </HydrateClient>
    </Page>
  );
}

async function refuseUnknown(project: string, number: number) {
  if (!Number.isInteger(number) || number < 1) notFound();
  const caller = await getCaller();
  try {
    await caller.generation.runDetail({ project, number });
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
