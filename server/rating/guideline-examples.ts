import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import {
  generators,
  goldGrids,
  gridImages,
  grids,
  images,
  pairs,
  patterns,
  prompts,
  renders,
} from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { tellingWords } from "./domain/telling-words";
import { GuidelineExample } from "./schemas";

/** An example with what a rater sees above the image in a grid, and nothing of where it comes from. */
export type ShownExample = GuidelineExample & {
  prompt: string;
  conceptA: string | null;
  conceptB: string | null;
};

export const readStored = (examples: unknown): GuidelineExample[] =>
  z.array(GuidelineExample).parse(examples);

/** In the order in which they were put. */
export async function showExamples(
  db: DbOrTx,
  projectId: string,
  examples: readonly GuidelineExample[],
): Promise<ShownExample[]> {
  if (examples.length === 0) return [];
  const rows = await db
    .select({
      imageId: images.id,
      prompt: prompts.text,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
    })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .leftJoin(pairs, eq(pairs.id, prompts.pairId))
    .where(and(eq(images.projectId, projectId), inArray(images.id, idsOf(examples))));
  const byId = new Map(rows.map((row) => [row.imageId, row]));
  return examples.flatMap((example) => {
    const row = byId.get(example.imageId);
    return row ? [{ ...row, ...example }] : [];
  });
}

/** An example must neither answer a grid that is still judged or measures raters, nor say what is kept from them. */
export async function refuseTellingExamples(
  db: DbOrTx,
  projectId: string,
  examples: readonly GuidelineExample[],
): Promise<void> {
  if (examples.length === 0) return;
  const rows = await db
    .select({ imageId: gridImages.imageId, state: grids.state, gold: goldGrids.use })
    .from(gridImages)
    .innerJoin(grids, eq(grids.id, gridImages.gridId))
    .leftJoin(
      goldGrids,
      and(eq(goldGrids.gridId, grids.id), eq(goldGrids.use, "gold"), isNull(goldGrids.retiredAt)),
    )
    .where(and(eq(grids.projectId, projectId), inArray(gridImages.imageId, idsOf(examples))));
  if (new Set(rows.map(({ imageId }) => imageId)).size < examples.length) {
    throw new AppError("NOT_FOUND", "An example is no image of a grid of this project.");
  }
  if (rows.some(({ state }) => state === "open")) {
    throw new AppError(
      "CONFLICT",
      "An example lies in a grid that is still being rated; its raters would read the answer. Take it once they are done.",
    );
  }
  if (rows.some(({ gold }) => gold !== null)) {
    throw new AppError(
      "CONFLICT",
      "An example lies in a gold grid, whose answers raters must not know. Retire the gold grid first, or take another image.",
    );
  }
  await refuseTellingCaptions(db, projectId, examples);
}

async function refuseTellingCaptions(
  db: DbOrTx,
  projectId: string,
  examples: readonly GuidelineExample[],
) {
  const [ofGenerators, ofPatterns] = await Promise.all([
    db
      .select({ name: generators.name })
      .from(generators)
      .where(eq(generators.projectId, projectId)),
    db
      .select({ name: patterns.name })
      .from(patterns)
      .where(and(eq(patterns.projectId, projectId), ne(patterns.state, "proposed"))),
  ]);
  const names = [...ofGenerators, ...ofPatterns].map(({ name }) => name);
  for (const { caption } of examples) {
    const told = tellingWords(caption, names);
    if (told) {
      throw new AppError(
        "INVALID",
        `A caption says “${told}”, which raters must not learn: no generator, pattern, Level or seed. Say it in other words.`,
      );
    }
  }
}

/** Whether an image of this grid is an example in the guidelines that stand. */
export async function holdsExample(
  db: DbOrTx,
  gridId: string,
  examples: readonly GuidelineExample[],
): Promise<boolean> {
  if (examples.length === 0) return false;
  const [found] = await db
    .select({ imageId: gridImages.imageId })
    .from(gridImages)
    .where(and(eq(gridImages.gridId, gridId), inArray(gridImages.imageId, idsOf(examples))))
    .limit(1);
  return found !== undefined;
}

const idsOf = (examples: readonly GuidelineExample[]) => examples.map(({ imageId }) => imageId);
