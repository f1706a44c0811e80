import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { asNotFound } from "@/app/_trpc/as-not-found";
import { getCaller } from "@/app/_trpc/server";
import { requireViewer } from "@/app/(lab)/_shell/require-viewer";
import { SettleGrid } from "./_settle/settle-grid";

export const metadata: Metadata = { title: "Adjudication" };
export const dynamic = "force-dynamic";

type Props = { params: Promise<{ project: string; grid: string }> };

export default async function SettlePage({ params }: Props) {
  const { project, grid: gridId } = await params;
  if (!z.uuid().safeParse(gridId).success) notFound();
  const { accountId } = await requireViewer();
  const { adjudication } = await getCaller();
  const view = await adjudication.grid({ project, gridId }).catch(asNotFound);
  return <SettleGrid accountId={accountId} project={project} view={view} />;
}
