import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { env } from "@/server/core/env";
import { requireAdmin } from "../../_shell/require-admin";
import { Bridges } from "./bridges";

export const metadata: Metadata = { title: "Bridges" };

export default async function BridgesPage() {
  await requireAdmin();
  prefetch(trpc.generation.listBridges.queryOptions());
  return (
    <HydrateClient>
      <Bridges appUrl={env().APP_URL} />
    </HydrateClient>
  );
}
