import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { adjudications, consensuses, gridImages, grids } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { offerMerge } from "@/server/loop/offer-merge";
import { wakePairs } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import { lockGrid } from "@/server/rating/lock-grid";
import { reckonConsensus } from "@/server/rating/reckon-consensus";
import type { MemberContext } from "@/server/trpc/context";
import type { Adjudicate, Ruling } from "./schemas";

/**
 * The last word on images of a grid whose raters are all done; the Level follows at once. A ruling that
 * is given again replaces the one before, which the log of decisions keeps.
 */
export async function adjudicate(
  ctx: MemberContext,
  { gridId, rulings }: Adjudicate,
): Promise<{ open: number }> {
  return ctx.db.transaction(async (tx) => {
    const pairId = await lockJudged(tx, ctx.member.projectId, gridId);
    await refuseForeignImages(tx, gridId, rulings);
    const before = await readStanding(tx, gridId, rulings);
    for (const ruling of rulings) await writeRuling(tx, ctx, gridId, ruling);
    await recordDecision(tx, {
      projectId: ctx.member.projectId,
      actorId: ctx.viewer.accountId,
      action: "grid.adjudicate",
      subjectId: pairId,
      payload: { gridId, rulings, before },
    });
    const consensus = await reckonConsensus(tx, gridId);
    await notifyLive(tx, { projectId: ctx.member.projectId, topic: "grid", id: gridId });
    await wakePairs(tx, [pairId]);
    await offerMerge(tx, ctx.member.projectId);
    return { open: consensus?.open ?? 0 };
  });
}

async function lockJudged(tx: Tx, projectId: string, gridId: string): Promise<string> {
  await lockGrid(tx, gridId);
  const [grid] = await tx
    .select({ pairId: grids.pairId, raters: consensuses.raters })
    .from(grids)
    .leftJoin(consensuses, eq(consensuses.gridId, grids.id))
    .where(and(eq(grids.id, gridId), eq(grids.projectId, projectId)));
  if (!grid) throw new AppError("NOT_FOUND", "No such grid.");
  if (grid.raters === null) {
    throw new AppError(
      "CONFLICT",
      "Its raters are not done yet. It can be adjudicated once all of them have submitted.",
    );
  }
  return grid.pairId;
}

async function refuseForeignImages(tx: Tx, gridId: string, rulings: readonly Ruling[]) {
  const wanted = [...new Set(rulings.map((ruling) => ruling.imageId))];
  const found = await tx
    .select({ imageId: gridImages.imageId })
    .from(gridImages)
    .where(and(eq(gridImages.gridId, gridId), inArray(gridImages.imageId, wanted)));
  if (found.length < wanted.length || wanted.length < rulings.length) {
    throw new AppError(
      "INVALID",
      "A ruling names an image twice, or one that is not in this grid.",
    );
  }
}

const ofImage = (gridId: string, imageIds: readonly string[]) =>
  and(eq(adjudications.gridId, gridId), inArray(adjudications.imageId, [...imageIds]));

const readStanding = (tx: Tx, gridId: string, rulings: readonly Ruling[]) =>
  tx
    .select({
      imageId: adjudications.imageId,
      verdict: adjudications.verdict,
      reason: adjudications.reason,
    })
    .from(adjudications)
    .where(
      ofImage(
        gridId,
        rulings.map((ruling) => ruling.imageId),
      ),
    );

async function writeRuling(
  tx: Tx,
  { viewer, member }: MemberContext,
  gridId: string,
  { imageId, verdict, reason, note, isGuidelineGap }: Ruling,
): Promise<void> {
  await tx.delete(adjudications).where(ofImage(gridId, [imageId]));
  if (verdict === null) return;
  await tx.insert(adjudications).values({
    gridId,
    imageId,
    projectId: member.projectId,
    verdict,
    reason,
    note: note || null,
    isGuidelineGap,
    adjudicatedBy: viewer.accountId,
  });
}
