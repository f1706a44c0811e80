import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { concepts, conceptVectors } from "@/db/schema";
import { conceptKey } from "./domain/concept";
import { cosine } from "./domain/meaning/compare-meaning";
import { fromBytes } from "./domain/meaning/vector-bytes";
import type { Meaning } from "./open-embedder";

export type NearConcept = { key: string; text: string; cosine: number };

/**
 * The project's concepts that mean nearly the same, as far as the embedder has been asked. They are found by
 * the bands they share, which now and then miss one; the exact cosine decides.
 */
export async function findNearConcepts(
  tx: Tx,
  projectId: string,
  concept: string,
  { embedder, limits }: Meaning,
): Promise<NearConcept[]> {
  const [own] = await tx
    .select({ vector: conceptVectors.vector, bands: conceptVectors.bands })
    .from(conceptVectors)
    .where(and(eq(conceptVectors.embedder, embedder), eq(conceptVectors.key, conceptKey(concept))));
  if (!own) return [];
  const vector = fromBytes(own.vector);
  const rows = await tx
    .select({ key: concepts.key, text: concepts.text, vector: conceptVectors.vector })
    .from(conceptVectors)
    .innerJoin(
      concepts,
      and(eq(concepts.projectId, projectId), eq(concepts.key, conceptVectors.key)),
    )
    .where(
      and(
        eq(conceptVectors.embedder, embedder),
        sql`${conceptVectors.bands} && ${`{${own.bands.join(",")}}`}::int[]`,
      ),
    );
  return rows
    .map(({ key, text, vector: other }) => ({
      key,
      text,
      cosine: cosine(vector, fromBytes(other)) ?? -1,
    }))
    .filter((near) => near.cosine >= limits.flag);
}
