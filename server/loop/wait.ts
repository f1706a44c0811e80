import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { WaitKind } from "@/db/enums";
import { waiting } from "@/db/schema";
import { notifyLive } from "@/server/live/live";

export type Wait = { projectId: string; kind: WaitKind; patternId?: string | null };

const isThis = ({ projectId, kind, patternId }: Wait) =>
  and(
    eq(waiting.projectId, projectId),
    eq(waiting.kind, kind),
    patternId ? eq(waiting.patternId, patternId) : isNull(waiting.patternId),
    isNull(waiting.endedAt),
  );

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
export async function endWait(tx: Tx, wait: Wait, endedBy: string | null = null): Promise<boolean> {
  const ended = await tx
    .update(waiting)
    .set({ endedAt: sql`now()`, endedBy })
    .where(isThis(wait))
    .returning({ id: waiting.id });
  const [first] = ended;
  if (first) await notifyLive(tx, { projectId: wait.projectId, topic: "loop", id: first.id });
  return ended.length > 0;
}
