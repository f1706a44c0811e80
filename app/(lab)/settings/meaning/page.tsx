import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { requireAdmin } from "../../_shell/require-admin";
import { MeaningSettings } from "./meaning-settings";

export const metadata: Metadata = { title: "Meaning" };

export default async function MeaningPage() {
  await requireAdmin();
  prefetch(trpc.mining.showEmbedder.queryOptions());
  return (
    <HydrateClient>
      <MeaningSettings />
    </HydrateClient>
  );
}
