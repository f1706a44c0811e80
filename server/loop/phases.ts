import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { PhaseState } from "@/db/enums";
import { patterns, phases } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { lockPhase, type Phase } from "./lock-phase";
import { offerMerge } from "./offer-merge";
import type { HoldPhase, OpenPhase } from "./schemas";
import { endAllWaits, endPatternWaits } from "./wait";
import { wake } from "./wake";

/** A person opens phase 3 or 4, offered or not: the machine never does. Pressing twice changes nothing. */
export async function openPhase(
  { db, viewer, member }: MemberContext,
  { number }: OpenPhase,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const phase = await lockPhase(tx, projectId, number);
    if (phase.state === "open" || phase.state === "paused") return;
    const change = { state: "open" as const, openedBy: viewer.accountId, openedAt: new Date() };
    await setPhase(tx, phase, { ...change, reason: null });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "phase.open",
      subjectId: phase.id,
      payload: { number, before: phase.state },
    });
    if (number !== 3) return;
    await endAllWaits(tx, { projectId, kind: "saturation" }, viewer.accountId);
    await offerMerge(tx, projectId);
  });
}

/** Nothing of this phase starts by itself any more; what runs is finished, what people ask for is done. */
export const pausePhase = (ctx: MemberContext, { number }: HoldPhase): Promise<void> =>
  turn(ctx, number, { from: "open", to: "paused", action: "phase.pause" });

/** The phase's patterns in auto-mode go on where they stood. */
export const resumePhase = (ctx: MemberContext, { number }: HoldPhase): Promise<void> =>
  turn(ctx, number, { from: "paused", to: "open", action: "phase.resume" });

type Turn = { from: PhaseState; to: PhaseState; action: string };

async function turn(
  { db, viewer, member }: MemberContext,
  number: number,
  { from, to, action }: Turn,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const phase = await lockPhase(tx, projectId, number);
    if (phase.state === to) return;
    if (phase.state !== from)
      throw new AppError("CONFLICT", `Phase ${number} is ${phase.state}: open it first`);
    await setPhase(tx, phase, { state: to });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action,
      subjectId: phase.id,
      payload: { number, before: phase.state },
    });
    const patternIds = await patternsOf(tx, projectId, number);
    if (to === "open") await wake(tx, ...patternIds);
    // Nothing of it may begin, so nobody is asked; resumed, its patterns ask anew.
    else for (const patternId of patternIds) await endPatternWaits(tx, { projectId, patternId });
  });
}

async function setPhase(
  tx: Tx,
  { id, projectId }: Phase,
  change: Partial<Pick<Phase, "state" | "reason" | "openedBy" | "openedAt">>,
): Promise<void> {
  await tx.update(phases).set(change).where(eq(phases.id, id));
  await notifyLive(tx, { projectId, topic: "loop", id });
}

async function patternsOf(tx: Tx, projectId: string, number: number): Promise<string[]> {
  const found = await tx
    .select({ id: patterns.id })
    .from(patterns)
    .where(and(eq(patterns.projectId, projectId), eq(patterns.phase, number === 2 ? 1 : number)));
  return found.map(({ id }) => id);
}
