"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Input } from "@/app/_ui/field";
import { Meter } from "@/app/_ui/meter";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import type { BudgetKind } from "@/db/enums";
import { type Budget, meterOf } from "@/server/budget/domain/meter";
import {
  amountOf,
  BUDGET_NAMES,
  LIMIT_RULE,
  type LimitChange,
  limitText,
  readLimit,
  STOPS,
  savedWords,
} from "./budget-words";

type Drafts = Partial<Record<BudgetKind, string>>;

/** One limit a kind; an empty field is no limit. */
export function LimitsForm({ project, budgets }: { project: string; budgets: readonly Budget[] }) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const changed = budgets.flatMap((budget) => {
    const draft = drafts[budget.kind];
    const limit = draft === undefined ? budget.limit : readLimit(budget.kind, draft);
    return limit === budget.limit ? [] : [{ kind: budget.kind, limit }];
  });
  const save = useSave(project, budgets, () => setDrafts({}));
  const wrong = changed.find(({ limit }) => limit === undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (notReady(changed.length, wrong?.kind)) return;
    save.mutate(
      changed.flatMap(({ kind, limit }) => (limit === undefined ? [] : [{ kind, limit }])),
    );
  };
  return (
    <form onSubmit={submit}>
      <Table
        label="Budgets"
        head={
          <>
            <Th>Budget</Th>
            <Th num>Spent</Th>
            <Th num>Set aside</Th>
            <Th className="w-[190px]">Limit</Th>
            <Th className="w-[220px]">Used</Th>
            <Th>What happens</Th>
          </>
        }
      >
        {budgets.map((budget) => (
          <BudgetRow
            key={budget.kind}
            budget={budget}
            draft={drafts[budget.kind]}
            onChange={(text) => setDrafts({ ...drafts, [budget.kind]: text })}
          />
        ))}
      </Table>
      <div className="mt-3 flex items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending && "Saving"}
          notReady={notReady(changed.length, wrong?.kind)}
        >
          Save limits
        </Button>
        {changed.length > 0 ? <Button onClick={() => setDrafts({})}>Discard changes</Button> : null}
      </div>
    </form>
  );
}

function notReady(changed: number, wrong: BudgetKind | undefined): string | false {
  if (wrong) return `${LIMIT_RULE[wrong]}, or empty for no limit`;
  return changed === 0 ? "Change a limit first." : false;
}

type RowProps = { budget: Budget; draft: string | undefined; onChange: (text: string) => void };

function BudgetRow({ budget, draft, onChange }: RowProps) {
  const { kind, limit, reserved, settled } = budget;
  const wanted = draft === undefined ? limit : readLimit(kind, draft);
  const { share, state } = meterOf({ ...budget, limit: wanted ?? null });
  return (
    <Tr className="h-12">
      <Td className="whitespace-nowrap text-ink">{BUDGET_NAMES[kind]}</Td>
      <Td num className="text-ink">
        {amountOf(kind, settled)}
      </Td>
      <Td num>{amountOf(kind, reserved)}</Td>
      <Td>
        <Input
          aria-label={`Limit of ${BUDGET_NAMES[kind]}`}
          aria-invalid={wanted === undefined || undefined}
          inputMode="decimal"
          placeholder="No limit"
          className="text-right"
          value={draft ?? limitText(kind, limit)}
          onChange={(event) => onChange(event.target.value)}
        />
      </Td>
      <Td>
        <Meter
          share={share}
          tone={state === "free" ? "within" : state}
          label={share === null ? "No limit" : `${Math.round(share * 100)} % used`}
        />
      </Td>
      <Td className="text-12">{consequence(kind, wanted, state)}</Td>
    </Tr>
  );
}

function consequence(
  kind: BudgetKind,
  limit: number | null | undefined,
  state: ReturnType<typeof meterOf>["state"],
): string {
  if (limit === undefined) return LIMIT_RULE[kind];
  if (limit === null) return "Nothing stops by itself";
  if (state === "stopped")
    return `${STOPS[kind]}: all of it is spent or set aside. What goes on is finished.`;
  return `${STOPS[kind]} before it would pass ${amountOf(kind, limit)}`;
}

function useSave(project: string, budgets: readonly Budget[], onSaved: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const { mutateAsync } = useMutation(trpc.budget.set.mutationOptions());
  return useMutation({
    mutationFn: async (changes: readonly LimitChange[]) => {
      const words = savedWords(changes, budgets);
      for (const change of changes) await mutateAsync({ project, ...change });
      return words;
    },
    onSuccess: async (words) => {
      await queries.invalidateQueries(trpc.budget.list.queryFilter({ project }));
      await queries.invalidateQueries(trpc.project.board.queryFilter({ project }));
      onSaved();
      toast(words);
    },
    onError: (error) => toast(error.message, { tone: "bad" }),
  });
}
