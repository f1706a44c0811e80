import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { uuidv7 } from "@/db/columns";
import { budgetEntries, budgets } from "@/db/schema";
import { type BudgetOf, lockBudget } from "./lock-budget";

export type Share = { subject: string; amount: number };
export type Shortage = { wanted: number; left: number };

/**
 * Sets several amounts aside, all of them or none: null when they fit, else what is wanted and what is left.
 * Subjects that are reserved already cost nothing again. One statement, however many they are.
 */
export async function reserveMany(
  tx: Tx,
  { projectId, kind }: BudgetOf,
  shares: readonly Share[],
): Promise<Shortage | null> {
  if (shares.length === 0) return null;
  const { limit, reserved, settled } = await lockBudget(tx, { projectId, kind });
  const left = limit === null ? null : Math.max(0, limit - reserved - settled);
  const ids = sql.param(shares.map(uuidv7));
  const subjects = sql.param(shares.map(({ subject }) => subject));
  const amounts = sql.param(shares.map(({ amount }) => amount));
  const [row] = await tx.execute<{ wanted: string; added: string | null }>(sql`
    with fresh as (
      select share.* from unnest(${ids}::uuid[], ${subjects}::text[], ${amounts}::bigint[]) as share(id, subject, amount)
      where not exists (select from ${budgetEntries} known where known.kind = ${kind} and known.subject = share.subject)
    ), total as (select coalesce(sum(amount), 0) as wanted from fresh),
    added as (
      insert into ${budgetEntries} (id, project_id, kind, subject, reserved)
        select id, ${projectId}, ${kind}, subject, amount from fresh, total
        where ${left}::bigint is null or total.wanted <= ${left}::bigint
      returning reserved
    ), taken as (
      update ${budgets} set reserved = reserved + (select coalesce(sum(added.reserved), 0) from added)
        where project_id = ${projectId} and kind = ${kind}
    )
    select total.wanted, (select sum(added.reserved) from added) as added from total`);
  const wanted = Number(row?.wanted ?? 0);
  return left === null || wanted <= left ? null : { wanted, left };
}

/** Ends those of the subjects whose cost is still open; each has cost `amount`. Doing it twice changes nothing. */
export async function settleMany(
  tx: Tx,
  { projectId, kind }: BudgetOf,
  subjects: readonly string[],
  amount: number,
): Promise<void> {
  if (subjects.length === 0) return;
  await lockBudget(tx, { projectId, kind });
  await tx.execute(sql`
    with ended as (
      update ${budgetEntries} set settled = ${amount}::bigint, settled_at = now()
        where project_id = ${projectId} and kind = ${kind} and settled is null
          and subject = any(${sql.param([...subjects])}::text[])
      returning reserved
    ), sum as (select count(*) as entries, coalesce(sum(reserved), 0) as reserved from ended)
    update ${budgets} set reserved = budget.reserved - sum.reserved, settled = budget.settled + sum.entries * ${amount}::bigint
      from sum where project_id = ${projectId} and kind = ${kind} and sum.entries > 0`);
}
