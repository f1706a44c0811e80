import { and, asc, eq, notExists } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  generatorRevisions,
  generators,
  gridImages,
  images,
  prompts,
  renders,
  reportedLevels,
} from "@/db/schema";
import { IMPORTED } from "@/server/generation/domain/imported";
import type { PairScope } from "./read-origin";

const MOST_IMAGES = 100;

/** What others say of the pair, and what was brought in with it that is in no grid and no set. */
export async function readBroughtIn(db: DbOrTx, scope: PairScope) {
  const [reported, shownImages, singlePrompts] = await Promise.all([
    readReported(db, scope),
    readShownImages(db, scope),
    readSinglePrompts(db, scope),
  ]);
  return { reported, shownImages, singlePrompts };
}

const readReported = (db: DbOrTx, { projectId, pairId }: PairScope) =>
  db
    .select({
      id: reportedLevels.id,
      generator: reportedLevels.generator,
      ratedOn: reportedLevels.ratedOn,
      raters: reportedLevels.raters,
      level: reportedLevels.level,
      correct: reportedLevels.correct,
      rated: reportedLevels.rated,
      sourceFile: reportedLevels.sourceFile,
    })
    .from(reportedLevels)
    .where(and(eq(reportedLevels.pairId, pairId), eq(reportedLevels.projectId, projectId)))
    .orderBy(asc(reportedLevels.id));

const readShownImages = (db: DbOrTx, { projectId, pairId }: PairScope) =>
  db
    .select({
      id: images.id,
      prompt: prompts.text,
      generator: generators.name,
      revision: generatorRevisions.number,
    })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, renders.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(
      and(
        eq(prompts.pairId, pairId),
        eq(images.projectId, projectId),
        eq(renders.endpointName, IMPORTED),
        notExists(
          db
            .select({ id: gridImages.imageId })
            .from(gridImages)
            .where(eq(gridImages.imageId, images.id)),
        ),
      ),
    )
    .orderBy(asc(images.id))
    .limit(MOST_IMAGES);

const readSinglePrompts = (db: DbOrTx, { projectId, pairId }: PairScope) =>
  db
    .select({ id: prompts.id, text: prompts.text })
    .from(prompts)
    .where(
      and(eq(prompts.pairId, pairId), eq(prompts.projectId, projectId), eq(prompts.kind, "free")),
    )
    .orderBy(asc(prompts.id));
