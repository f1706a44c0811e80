import { and, desc, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids, levels, seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { isSimulatedRater } from "./is-simulated-rater";
import { leaseEnd } from "./lease";
import { lockGrid } from "./lock-grid";
import { lockSitting } from "./lock-sitting";
import { reserveRaterTime } from "./rater-time";
import { reckonConsensus } from "./reckon-consensus";
import { refuseClosedRound } from "./refuse-closed-round";

export const REOPEN_REACH = 10;

/**
 * Takes a submission back: the sitting lives again with all its verdicts. The Level is derived from
 * them, so it goes, and the next submission writes it anew; the log of decisions keeps what it was. One that was put
 * off is taken up again.
 */
export async function reopenSitting(ctx: MemberContext, sittingId: string): Promise<void> {
  await takeBack(ctx, sittingId, async (tx) => {
    if (await isInReach(tx, ctx, sittingId)) return;
    throw new AppError(
      "CONFLICT",
      `Only your last ${REOPEN_REACH} submitted grids can be reopened.`,
    );
  });
}

/** The same from the done list, as far back as the rater likes: while the round is open, anything may be changed. */
export const revisitSitting = (ctx: MemberContext, sittingId: string): Promise<void> =>
  takeBack(ctx, sittingId, async () => {});

async function takeBack(
  ctx: MemberContext,
  sittingId: string,
  refuseFar: (tx: Tx) => Promise<void>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, sittingId);
    if (sitting.state === "live" && sitting.laterAt === null) return;
    if (sitting.state === "live") {
      await refuseClosedRound(tx, sitting);
      await tx.update(sittings).set({ laterAt: null }).where(eq(sittings.id, sitting.id));
      return;
    }
    if (sitting.state !== "submitted") {
      throw new AppError("CONFLICT", "Only a submitted grid can be taken back.");
    }
    if (sitting.kind === "training") {
      throw new AppError(
        "CONFLICT",
        "You were told how this training grid was meant; it cannot be judged again.",
      );
    }
    await refuseFar(tx);
    await refuseClosedRound(tx, sitting);
    await lockGrid(tx, sitting.gridId);
    // The screened Level of a grid that was completed stays: it stands on what was seen back then.
    const taken = await tx
      .delete(levels)
      .where(and(eq(levels.sittingId, sitting.id), eq(levels.mode, sitting.mode)))
      .returning();
    await tx
      .update(sittings)
      .set({ state: "live", submittedAt: null, clientSubmittedAt: null, isExtra: false })
      .where(eq(sittings.id, sitting.id));
    if (seat) {
      await tx
        .update(seats)
        .set({ completedAt: null, leasedUntil: leaseEnd(sitting.id) })
        .where(eq(seats.id, seat.id));
      await tx.update(grids).set({ state: "open" }).where(eq(grids.id, sitting.gridId));
    }
    if (sitting.kind === "seat") await reckonConsensus(tx, sitting.gridId);
    await recordDecision(tx, {
      projectId: sitting.projectId,
      actorId: ctx.viewer.accountId,
      action: "sitting.reopen",
      subjectId: sitting.id,
      payload: {
        submittedAt: sitting.submittedAt,
        correct: taken[0]?.correct,
        level: taken[0]?.level,
      },
    });
    await notifyLive(tx, { projectId: sitting.projectId, topic: "grid", id: sitting.gridId });
    // Undo works without budget too: then the time is counted once it is spent.
    if (!(await isSimulatedRater(tx, sitting.raterId))) await reserveRaterTime(tx, sitting);
  });
}

async function isInReach(tx: Tx, { viewer, member }: MemberContext, sittingId: string) {
  const last = await tx
    .select({ id: sittings.id })
    .from(sittings)
    .where(
      and(
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
        eq(sittings.state, "submitted"),
        ne(sittings.kind, "training"),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(REOPEN_REACH);
  return last.some((sitting) => sitting.id === sittingId);
}
