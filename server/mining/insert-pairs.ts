import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { concepts, pairs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { conceptRow, tidyConcept } from "./domain/concept";
import { pairKey } from "./domain/pair-key";

const CHUNK = 1000;

type Row = typeof pairs.$inferInsert;
/** A pair as it is put in; its key, its concepts and where it stands in the loop follow from it. */
export type NewPair = Omit<Row, "id" | "conceptA" | "conceptB" | "key" | "stage"> & {
  a: string;
  b: string;
};

/**
 * The one place that pairs come from: with each pair its concepts become known to the search for
 * twins. The ids come in the order of the pairs; one that is there already refuses them all.
 */
export async function insertPairs(tx: Tx, added: readonly NewPair[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < added.length; at += CHUNK) {
    const chunk = added.slice(at, at + CHUNK);
    await insertConcepts(tx, chunk);
    ids.push(...(await insertChunk(tx, chunk)));
  }
  return ids;
}

async function insertChunk(tx: Tx, chunk: readonly NewPair[]): Promise<string[]> {
  const rows = chunk.map(rowOf);
  const stored = await insertMany(
    tx,
    pairs,
    rows,
    sql`on conflict (project_id, key) do nothing returning id, project_id, key`,
  );
  const idOf = new Map(stored.map((row) => [`${row.project_id} ${row.key}`, String(row.id)]));
  return rows.map(({ projectId, key, conceptA, conceptB }) => {
    const id = idOf.get(`${projectId} ${key}`);
    if (!id) throw new AppError("CONFLICT", `The project already has ${conceptA} × ${conceptB}`);
    return id;
  });
}

function rowOf({ a, b, latent, ...pair }: NewPair) {
  return {
    ...pair,
    conceptA: tidyConcept(a),
    conceptB: tidyConcept(b),
    latent: latent ? tidyConcept(latent) : null,
    key: pairKey(a, b),
    stage: pair.state === "accepted" ? ("prompts" as const) : null,
  };
}

type Named = { projectId: string; a: string; b: string };

/** Makes the concepts of these pairs known. A concept stays known by the first words it came with. */
export async function insertConcepts(tx: Tx, named: readonly Named[]): Promise<void> {
  const rows = named
    .flatMap(({ projectId, a, b }) => [a, b].map((concept) => conceptRow(projectId, concept)))
    // Two writers that add the same concepts take them in one order: neither waits for the other.
    .sort((x, y) => (x.key < y.key ? -1 : 1));
  for (let at = 0; at < rows.length; at += CHUNK)
    await insertMany(tx, concepts, rows.slice(at, at + CHUNK), sql`on conflict do nothing`);
}
