import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { patterns, waiting } from "@/db/schema";
import { wake } from "@/server/loop/wake";
import { resumeHeld } from "@/server/mining/resume-held";

/** More may be spent: what waited for that goes on. Whoever still lacks something says so again. */
export async function resumeAfterBudget(
  tx: Tx,
  projectId: string,
  kind: BudgetKind,
): Promise<void> {
  await tx
    .update(waiting)
    .set({ endedAt: sql`now()` })
    .where(
      and(eq(waiting.projectId, projectId), eq(waiting.kind, "budget"), isNull(waiting.endedAt)),
    );
  const auto = await tx
    .select({ id: patterns.id })
    .from(patterns)
    .where(and(eq(patterns.projectId, projectId), eq(patterns.isAuto, true)));
  await resumeHeld(tx, projectId, kind);
  await wake(tx, ...auto.map(({ id }) => id));
}
