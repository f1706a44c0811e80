import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { requireAdmin } from "../../_shell/require-admin";
import { LlmSettings } from "./llm-settings";

export const metadata: Metadata = { title: "LLM" };

export default async function LlmPage() {
  await requireAdmin();
  prefetch(trpc.mining.showLlm.queryOptions());
  return (
    <HydrateClient>
      <LlmSettings />
    </HydrateClient>
  );
}
