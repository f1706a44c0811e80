import type { Metadata } from "next";
import { HydrateClient } from "@/app/_trpc/server";
import { Page, PageHead } from "@/app/_ui/page-head";
import { ProjectGuidance } from "../_guidance/project-guidance";
import { ExchangeList } from "./exchange-list";

export const metadata: Metadata = { title: "LLM log" };

export default async function ExchangesPage({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  return (
    <Page>
      <PageHead
        title="LLM log"
        sub="Every question to the proposer and what came back, word for word. Open one to ask it again with other settings."
        actions={<ProjectGuidance project={project} />}
      />
      <HydrateClient>
        <ExchangeList project={project} />
      </HydrateClient>
    </Page>
  );
}
