import { and, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { concepts, conceptVectors } from "@/db/schema";
import { conceptKey } from "./domain/concept";
import { cosine } from "./domain/meaning/compare-meaning";
import { sketchLimit } from "./domain/meaning/sketch-limit";
import { fromBytes } from "./domain/meaning/vector-bytes";
import type { Meaning } from "./open-embedder";

export type NearConcept = { key: string; text: string; cosine: number };

const own = alias(conceptVectors, "own");
const other = alias(conceptVectors, "other");

/**
 * For each of these concepts those of the project that mean nearly the same, as far as the embedder has been
 * asked. They are found by the bands they share, which now and then miss one; the exact cosine decides.
 */
export async function findNearConcepts(
  tx: Tx,
  projectId: string,
  asked: readonly string[],
  meaning: Meaning,
): Promise<NearConcept[][]> {
  const keys = asked.map(conceptKey);
  const rows = await likelyConcepts(tx, projectId, keys, meaning);
  return keys.map((key) => {
    const likely = rows.filter((row) => row.asked === key);
    const itself = likely.find((row) => row.key === key);
    if (!itself) return [];
    const vector = fromBytes(itself.vector);
    return likely.flatMap(({ key, text, vector: bytes }) => {
      const likeness = cosine(vector, fromBytes(bytes)) ?? -1;
      return text !== null && likeness >= meaning.limits.flag
        ? [{ key, text, cosine: likeness }]
        : [];
    });
  });
}

/**
 * What shares a band with one of these and does not differ from it in too many sides, each asked for itself
 * included. Only those few vectors are read: most that share a band are not alike.
 */
const likelyConcepts = (
  tx: Tx,
  projectId: string,
  keys: readonly string[],
  { embedder, limits }: Meaning,
) =>
  tx
    .select({
      asked: own.key,
      key: other.key,
      vector: other.vector,
      // Null where the project does not have it.
      text: concepts.text,
    })
    .from(own)
    .innerJoin(
      other,
      and(
        sql`${other.bands} && ${own.bands}`,
        sql`bit_count(${other.sketch} # ${own.sketch}) <= ${sketchLimit(limits.flag)}`,
        // Written so that no index answers it: through that one every vector of the embedder would be read.
        sql`${other.embedder} || '' = ${embedder}`,
      ),
    )
    .leftJoin(concepts, and(eq(concepts.projectId, projectId), eq(concepts.key, other.key)))
    .where(
      and(
        eq(own.embedder, embedder),
        inArray(own.key, [...keys]),
        or(isNotNull(concepts.key), eq(other.key, own.key)),
      ),
    );
