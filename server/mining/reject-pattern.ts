import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { PatternId, RejectPattern } from "./domain/pattern-input";
import { lockPattern } from "./lock-pattern";
import { refuseDecided } from "./refuse-decided";

/** A person's no to a proposed pattern, with the reason. Rejecting twice changes nothing. */
export async function rejectPattern(
  { db, viewer, member }: MemberContext,
  { patternId, reason }: RejectPattern,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const pattern = await lockPattern(tx, { projectId, patternId });
    if (pattern.state === "rejected") return;
    refuseDecided(pattern);
    await setState(tx, { projectId, patternId, state: "rejected" });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.reject",
      subjectId: patternId,
      payload: { reason },
    });
  });
}

/** Takes a rejection back: nothing came of it, so the pattern simply waits again. */
export async function reconsiderPattern(
  { db, viewer, member }: MemberContext,
  { patternId }: PatternId,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const pattern = await lockPattern(tx, { projectId, patternId });
    if (pattern.state === "proposed") return;
    if (pattern.state !== "rejected")
      throw new AppError("CONFLICT", `“${pattern.name}” is ${pattern.state}, not rejected`);
    await setState(tx, { projectId, patternId, state: "proposed" });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.reconsider",
      subjectId: patternId,
      payload: {},
    });
  });
}

type Change = { projectId: string; patternId: string; state: "rejected" | "proposed" };

async function setState(tx: Tx, { projectId, patternId, state }: Change): Promise<void> {
  await tx
    .update(patterns)
    .set({ state })
    .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
  await notifyLive(tx, { projectId, topic: "pattern", id: patternId });
}
