import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BudgetKind, WaitKind } from "@/db/enums";
import { waiting } from "@/db/schema";
import { notifyLive } from "@/server/live/live";

export type Wait = { projectId: string; patternId?: string | null } & (
  | { kind: Exclude<WaitKind, "budget">; budget?: null }
  /** Each budget stops work for itself: raising one lifts its own stops alone. */
  | { kind: "budget"; budget: BudgetKind }
);

const isThis = ({ projectId, kind, patternId, budget }: Wait) =>
  and(
    eq(waiting.projectId, projectId),
    eq(waiting.kind, kind),
    patternId ? eq(waiting.patternId, patternId) : isNull(waiting.patternId),
    budget ? eq(waiting.budget, budget) : undefined,
    isNull(waiting.endedAt),
  );

// Rows of `waiting` are the last that a transaction locks, after the work that waits and its budget.

/** From now on a person is waited for; saying it again only renews the reason. */
export async function waitFor(tx: Tx, wait: Wait, reason: string): Promise<void> {
  const [known] = await tx
    .update(waiting)
    .set({ reason })
    .where(isThis(wait))
    .returning({ id: waiting.id });
  if (known) return;
  const [begun] = await tx
    .insert(waiting)
    .values({ ...wait, reason })
    .onConflictDoNothing()
    .returning({ id: waiting.id });
  if (begun) await notifyLive(tx, { projectId: wait.projectId, topic: "loop", id: begun.id });
}

/** What was waited for has come, by this person or by itself (null). */
export const endWait = (tx: Tx, wait: Wait, endedBy: string | null = null): Promise<boolean> =>
  end(tx, wait.projectId, isThis(wait), endedBy);

/** A pattern no longer goes on by itself: nobody is waited for on its account. */
export const endPatternWaits = (
  tx: Tx,
  { projectId, patternId }: { projectId: string; patternId: string },
): Promise<boolean> => end(tx, projectId, eq(waiting.patternId, patternId), null);

/** The same kind of wait in all patterns of the project. */
export const endAllWaits = (
  tx: Tx,
  { projectId, kind, budget }: Omit<Wait, "patternId">,
  endedBy: string | null = null,
): Promise<boolean> =>
  end(
    tx,
    projectId,
    and(eq(waiting.kind, kind), budget ? eq(waiting.budget, budget) : undefined),
    endedBy,
  );

async function end(
  tx: Tx,
  projectId: string,
  which: ReturnType<typeof and>,
  endedBy: string | null,
): Promise<boolean> {
  const ended = await tx
    .update(waiting)
    .set({ endedAt: sql`now()`, endedBy })
    .where(and(eq(waiting.projectId, projectId), which, isNull(waiting.endedAt)))
    .returning({ id: waiting.id });
  const [first] = ended;
  if (first) await notifyLive(tx, { projectId, topic: "loop", id: first.id });
  return ended.length > 0;
}
