import { and, eq } from "drizzle-orm";
import { budgets } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { addBudgets } from "./add-budgets";
import { resumeAfterBudget } from "./resume-after-budget";
import type { SetBudget } from "./schemas";

/**
 * Sets what may be spent of one kind. Below what is spent already is allowed: what goes on is finished, nothing
 * new begins. Work that waited for a higher limit goes on in the same moment.
 */
export async function setBudget(
  { db, viewer, member }: MemberContext,
  { kind, limit }: SetBudget,
): Promise<void> {
  const { projectId } = member;
  const ofKind = and(eq(budgets.projectId, projectId), eq(budgets.kind, kind));
  await db.transaction(async (tx) => {
    await addBudgets(tx, projectId);
    const [before] = await tx.select().from(budgets).where(ofKind).for("update");
    if (!before) throw new Error(`The project has no ${kind} budget`);
    if (before.limit === limit) return;
    await tx.update(budgets).set({ limit }).where(ofKind);
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "budget.set",
      payload: { kind, limit, before: before.limit },
    });
    if (isMore(limit, before.limit)) await resumeAfterBudget(tx, projectId, kind);
    await notifyLive(tx, { projectId, topic: "loop", id: projectId });
  });
}

const isMore = (limit: number | null, before: number | null) =>
  before !== null && (limit === null || limit > before);
