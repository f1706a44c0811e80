import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { BUDGET_KINDS } from "@/db/enums";
import { Budgets } from "./budgets";

export const metadata: Metadata = { title: "Budgets" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ of?: string }>;
};

export default async function BudgetsPage({ params, searchParams }: Props) {
  const { project } = await params;
  const { of } = await searchParams;
  const kind = BUDGET_KINDS.find((one) => one === of) ?? "tokens";
  prefetch(trpc.budget.list.queryOptions({ project }));
  return (
    <Page>
      <HydrateClient>
        <Budgets project={project} kind={kind} />
      </HydrateClient>
    </Page>
  );
}
