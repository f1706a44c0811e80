import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairs } from "@/db/schema";
import { createTwinIndex, type TwinIndex } from "./domain/twin-index";

export type KnownPair = { id: string; a: string; b: string };

/** Every pair of the project, ready to be asked for the twin of another. */
export async function loadTwins(db: DbOrTx, projectId: string): Promise<TwinIndex<KnownPair>> {
  return createTwinIndex<KnownPair>(await loadPairs(db, projectId));
}

export function loadPairs(db: DbOrTx, projectId: string): Promise<(KnownPair & { key: string })[]> {
  return db
    .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB, key: pairs.key })
    .from(pairs)
    .where(eq(pairs.projectId, projectId));
}
