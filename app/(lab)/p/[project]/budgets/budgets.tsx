"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { PageHead } from "@/app/_ui/page-head";
import { Tabs } from "@/app/_ui/tabs";
import { BUDGET_KINDS, type BudgetKind } from "@/db/enums";
import type { Budget } from "@/server/budget/domain/meter";
import { amountOf, BUDGET_NAMES } from "./budget-words";
import { Entries } from "./entries";
import { LimitsForm } from "./limits-form";

/** What the project may spend and has spent, with every entry behind the figures. */
export function Budgets({ project, kind }: { project: string; kind: BudgetKind }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const here = usePathname();
  const { data: budgets } = useSuspenseQuery(trpc.budget.list.queryOptions({ project }));
  useLive(project, () => void queries.invalidateQueries(trpc.budget.pathFilter()));
  return (
    <>
      <PageHead
        title={titleOf(budgets)}
        sub="Work is counted when it is set aside and settled when its cost is known. It stops before it would pass a limit, and goes on when the limit is raised. A render is one call of a generator: one prompt, up to four images."
      />
      <LimitsForm project={project} budgets={budgets} />
      <p className="small-print mt-2">
        LLM tokens are those of questions and answers. What an embeddings endpoint charges for
        comparing concepts is not counted here.
      </p>
      <h2 className="mt-7 mb-1">What the figures are made of</h2>
      <Tabs
        label="Kind of spending"
        value={kind}
        onValueChange={(of) => router.replace(`${here}?of=${of}`, { scroll: false })}
        tabs={BUDGET_KINDS.map((one) => ({
          value: one,
          label: BUDGET_NAMES[one],
          content: <Entries project={project} kind={one} />,
        }))}
      />
    </>
  );
}

function titleOf(budgets: readonly Budget[]): string {
  const told = budgets.map(({ kind, settled, reserved }) => {
    const aside = reserved > 0 ? ` and ${amountOf(kind, reserved)} set aside` : "";
    return `${amountOf(kind, settled)} ${UNITS[kind]}${aside}`;
  });
  return `Spent: ${told.join(", ")}`;
}

const UNITS = {
  tokens: "tokens",
  renders: "renders",
  rater_ms: "rater minutes",
} satisfies Record<BudgetKind, string>;
