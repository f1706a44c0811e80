import type { Metadata } from "next";
import { getCaller, HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { requireViewer } from "@/app/(lab)/_shell/require-viewer";
import { Members } from "./members";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ project: string }> }) {
  const { accountId } = await requireViewer();
  const { project } = await params;
  const { role } = await (await getCaller()).project.show({ project });
  const isOwner = role === "owner";
  prefetch(trpc.auth.members.list.queryOptions({ project }));
  if (isOwner) prefetch(trpc.auth.members.listInvitations.queryOptions({ project }));
  return (
    <HydrateClient>
      <Page>
        <Members project={project} viewerId={accountId} isOwner={isOwner} />
      </Page>
    </HydrateClient>
  );
}
