import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { ratingRounds } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { CloseRound } from "./schemas";

/** From now on nothing of the round changes; raters who come too late are told the reason. */
export async function closeRound(
  ctx: MemberContext,
  { number, reason }: CloseRound,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select teacup_line_up_to_close(${ctx.member.projectId}::uuid)`);
    const [closed] = await tx
      .update(ratingRounds)
      .set({ closedAt: sql`now()`, closedBy: ctx.viewer.accountId, closedReason: reason })
      .where(and(ofNumber(ctx, number), isNull(ratingRounds.closedAt)))
      .returning({ number: ratingRounds.number });
    if (!closed) throw new AppError("CONFLICT", `There is no open round ${number}.`);
    await note(tx, ctx, "round.close", { number, reason });
  });
}

/** What was handed out and not submitted can be gone on with. */
export async function reopenRound(ctx: MemberContext, number: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [opened] = await tx
      .update(ratingRounds)
      .set({ closedAt: null, closedBy: null, closedReason: null })
      .where(and(ofNumber(ctx, number), isNotNull(ratingRounds.closedAt)))
      .returning({ number: ratingRounds.number });
    if (!opened) throw new AppError("CONFLICT", `There is no closed round ${number}.`);
    await note(tx, ctx, "round.reopen", { number });
  });
}

const ofNumber = ({ member }: MemberContext, number: number) =>
  and(eq(ratingRounds.projectId, member.projectId), eq(ratingRounds.number, number));

async function note(
  tx: Tx,
  { viewer, member }: MemberContext,
  action: string,
  payload: { number: number; reason?: string },
): Promise<void> {
  const { projectId } = member;
  await recordDecision(tx, { projectId, actorId: viewer.accountId, action, payload });
  await notifyLive(tx, { projectId, topic: "round", id: String(payload.number) });
}
