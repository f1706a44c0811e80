import { and, eq, inArray, sql } from "drizzle-orm";
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
  const likely = await tx
    .select({ key: conceptVectors.key, vector: conceptVectors.vector })
    .from(conceptVectors)
    .where(
      and(
        sql`${conceptVectors.bands} && ${`{${own.bands.join(",")}}`}::int[]`,
        // Written so that no index answers it: through that one every vector of the embedder would be read.
        sql`${conceptVectors.embedder} || '' = ${embedder}`,
      ),
    );
  const near = new Map(
    likely
      .map(({ key, vector: other }) => [key, cosine(vector, fromBytes(other)) ?? -1] as const)
      .filter(([, likeness]) => likeness >= limits.flag),
  );
  if (near.size === 0) return [];
  const rows = await tx
    .select({ key: concepts.key, text: concepts.text })
    .from(concepts)
    .where(and(eq(concepts.projectId, projectId), inArray(concepts.key, [...near.keys()])));
  return rows.map(({ key, text }) => ({ key, text, cosine: near.get(key) ?? -1 }));
}
