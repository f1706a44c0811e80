import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { patterns } from "@/db/schema";
import { endAllWaits } from "@/server/loop/wait";
import { wake } from "@/server/loop/wake";
import { resumeHeld } from "@/server/mining/resume-held";

/** More may be spent of one kind: what waited for that goes on. Whoever still lacks something says so again. */
export async function resumeAfterBudget(
  tx: Tx,
  projectId: string,
  kind: BudgetKind,
): Promise<void> {
  await resumeHeld(tx, projectId, kind);
  await endAllWaits(tx, { projectId, kind: "budget", budget: kind });
  const auto = await tx
    .select({ id: patterns.id })
    .from(patterns)
    .where(and(eq(patterns.projectId, projectId), eq(patterns.isAuto, true)));
  await wake(tx, ...auto.map(({ id }) => id));
}
