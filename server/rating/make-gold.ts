import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { goldGrids, goldVerdicts, gridImages, grids } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { currentGuideline, readGuideline } from "./current-guideline";
import { IMAGES_PER_GRID } from "./domain/level";
import { holdsExample } from "./guideline-examples";
import { finalVerdicts } from "./reckon-consensus";
import type { MakeGold } from "./schemas";

/**
 * Makes a grid one whose right answers are known: gold measures raters in silence, training teaches them. What
 * is not said is taken from what the raters of the grid, or who settled it, said. Making it again changes it.
 */
export async function makeGold(ctx: MemberContext, input: MakeGold): Promise<void> {
  const { gridId, use } = input;
  const { projectId } = ctx.member;
  await ctx.db.transaction(async (tx) => {
    const [grid] = await tx
      .select({ mode: grids.mode })
      .from(grids)
      .where(and(eq(grids.id, gridId), eq(grids.projectId, projectId)));
    if (!grid) throw new AppError("NOT_FOUND", "No such grid.");
    if (grid.mode !== "full") throw new AppError("INVALID", "A screened grid has no full answer.");
    if (use === "gold") await refuseExamples(tx, projectId, gridId);
    const answers = await answersOf(tx, input);
    await tx
      .insert(goldGrids)
      .values({ gridId, projectId, use, createdBy: ctx.viewer.accountId })
      .onConflictDoUpdate({ target: goldGrids.gridId, set: { use, retiredAt: null } });
    await tx.delete(goldVerdicts).where(eq(goldVerdicts.gridId, gridId));
    await tx.insert(goldVerdicts).values(answers.map((answer) => ({ ...answer, gridId })));
    await recordDecision(tx, {
      projectId,
      actorId: ctx.viewer.accountId,
      action: "gold.make",
      payload: { gridId, use },
    });
  });
}

async function refuseExamples(tx: Tx, projectId: string, gridId: string) {
  const { version } = await currentGuideline(tx, projectId);
  const stored = await readGuideline(tx, projectId, version);
  if (stored && (await holdsExample(tx, gridId, stored.examples))) {
    throw new AppError(
      "CONFLICT",
      "An image of this grid is an example in the guidelines, so raters know its answer. It can teach, but not measure.",
    );
  }
}

async function answersOf(tx: Tx, { gridId, answers }: MakeGold) {
  const said = new Map(answers.map((answer) => [answer.imageId, answer]));
  const known = await finalVerdicts(tx, gridId);
  const images = await tx
    .select({ imageId: gridImages.imageId })
    .from(gridImages)
    .where(eq(gridImages.gridId, gridId));
  const all = images.flatMap(({ imageId }) => {
    const verdict = said.get(imageId)?.verdict ?? known.get(imageId);
    return verdict
      ? [{ imageId, verdict, explanation: said.get(imageId)?.explanation || null }]
      : [];
  });
  const isForeign = answers.some(
    ({ imageId }) => !images.some((image) => image.imageId === imageId),
  );
  if (isForeign)
    throw new AppError("INVALID", "An answer names an image that is not in this grid.");
  if (all.length < IMAGES_PER_GRID) {
    throw new AppError(
      "INVALID",
      `${IMAGES_PER_GRID - all.length} images of this grid have no verdict yet; say how each is meant.`,
    );
  }
  return all;
}
