import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { Patterns } from "./patterns";

export const metadata: Metadata = { title: "Patterns" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ ask?: string | string[] }>;
};

/** `?ask=patterns` and `?ask=cross` open the dialog that the project's board points to. */
export default async function PatternsPage({ params, searchParams }: Props) {
  const [{ project }, { ask }] = await Promise.all([params, searchParams]);
  prefetch(trpc.mining.listPatterns.queryOptions({ project }));
  prefetch(trpc.mining.listPatternQuestions.queryOptions({ project }));
  prefetch(trpc.mining.proposerInUse.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Patterns project={project} ask={ask === "patterns" || ask === "cross" ? ask : null} />
      </HydrateClient>
    </Page>
  );
}
