import type { DbOrTx } from "@/db/client";
import { conceptVectors } from "@/db/schema";
import { bandsOf } from "./domain/meaning/bands";
import { toBytes } from "./domain/meaning/vector-bytes";

export type NamedConcept = { key: string; text: string };

/** Keeps what an embedder said of these concepts. What it said first stays: a replay reads it again. */
export async function storeVectors(
  db: DbOrTx,
  embedder: string,
  concepts: readonly NamedConcept[],
  vectors: readonly Float32Array[],
): Promise<void> {
  const rows = concepts
    .flatMap(({ key }, index) => {
      const vector = vectors[index];
      return vector ? [{ embedder, key, vector: toBytes(vector), bands: bandsOf(vector) }] : [];
    })
    // Two jobs that store the same concepts take them in one order: neither waits for the other.
    .sort((x, y) => (x.key < y.key ? -1 : 1));
  if (rows.length > 0) await db.insert(conceptVectors).values(rows).onConflictDoNothing();
}
