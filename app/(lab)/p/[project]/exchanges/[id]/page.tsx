import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getCaller } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { ExchangeView } from "./exchange-view";

export const metadata: Metadata = { title: "Exchange" };

type Props = { params: Promise<{ project: string; id: string }> };

export default async function ExchangePage({ params }: Props) {
  const { project, id } = await params;
  const exchange = await findExchange(project, id);
  return (
    <Page>
      <ExchangeView project={project} exchange={exchange} />
    </Page>
  );
}

async function findExchange(project: string, exchangeId: string) {
  const caller = await getCaller();
  try {
    return await caller.mining.exchange({ project, exchangeId });
  } catch (error) {
    const isUnknown =
      error instanceof TRPCError && ["NOT_FOUND", "BAD_REQUEST"].includes(error.code);
    if (isUnknown) notFound();
    throw error;
  }
}
