import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { scorers, scores } from "@/db/schema";
import type { ScoredBy } from "./schemas";

export type ImageScores = { steered: boolean } & Record<ScoredBy, number | null>;
/** Of one scorer, by image. */
export type MeasuredImages = ReadonlyMap<string, ImageScores>;

export const listScorers = (db: DbOrTx, projectId: string) =>
  db
    .select({
      id: scorers.id,
      name: scorers.name,
      version: scorers.version,
      model: scorers.model,
      modelRevision: scorers.modelRevision,
      weightsHash: scorers.weightsHash,
      settings: scorers.settings,
    })
    .from(scorers)
    .where(eq(scorers.projectId, projectId))
    .orderBy(asc(scorers.name), asc(scorers.id));
export type KnownScorer = Awaited<ReturnType<typeof listScorers>>[number];

/** A scorer's numbers of all images of a project, or of these; one row an image. */
export async function readMeasured(
  db: DbOrTx,
  projectId: string,
  scorerId: string,
  imageIds?: readonly string[],
): Promise<MeasuredImages> {
  const concepts = sql`${scores.name} in ('concept_a', 'concept_b')`;
  const rows = await db
    .select({
      imageId: scores.imageId,
      prompt: sql<number | null>`max(${scores.value}) filter (where ${scores.name} = 'prompt')`,
      concepts: sql<
        number | null
      >`case when count(distinct ${scores.name}) filter (where ${concepts}) = 2
        then min(${scores.value}) filter (where ${concepts}) end`,
      steered: sql<boolean>`bool_or(${scores.steeredMethod})`,
    })
    .from(scores)
    .where(
      and(
        eq(scores.projectId, projectId),
        eq(scores.scorerId, scorerId),
        imageIds ? inArray(scores.imageId, [...imageIds]) : undefined,
      ),
    )
    .groupBy(scores.imageId);
  return new Map(rows.map(({ imageId, ...row }) => [imageId, row]));
}
