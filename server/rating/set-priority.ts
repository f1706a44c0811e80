import { and, eq, inArray } from "drizzle-orm";
import { grids } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { SetPriority } from "./schemas";

/** The pairs that had one priority before: what an undo gives back. */
type Before = { priority: number; pairIds: string[] };

/** What is handed out first: higher before lower, among the grids of these pairs and all others. */
export async function setPriority(
  { db, viewer, member }: MemberContext,
  { pairIds, priority }: SetPriority,
): Promise<{ grids: number; before: Before[] }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const ofPairs = and(eq(grids.projectId, projectId), inArray(grids.pairId, [...pairIds]));
    // In one order: two who set at once take turns.
    const found = await tx
      .select({ id: grids.id, pairId: grids.pairId, priority: grids.priority })
      .from(grids)
      .where(ofPairs)
      .orderBy(grids.id)
      .for("no key update");
    const ids = found.map(({ id }) => id);
    await tx.update(grids).set({ priority }).where(inArray(grids.id, ids));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "grids.priority",
      payload: { pairIds, priority },
    });
    return { grids: ids.length, before: beforeOf(found) };
  });
}

function beforeOf(found: readonly { pairId: string; priority: number }[]): Before[] {
  return [...Map.groupBy(found, ({ priority }) => priority)].map(([priority, rows]) => ({
    priority,
    pairIds: [...new Set(rows.map(({ pairId }) => pairId))],
  }));
}
