import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { requireAdmin } from "../../_shell/require-admin";
import { People } from "./people";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const viewer = await requireAdmin();
  prefetch(trpc.auth.people.list.queryOptions());
  return (
    <HydrateClient>
      <People viewerId={viewer.accountId} />
    </HydrateClient>
  );
}
