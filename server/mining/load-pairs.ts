import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairs } from "@/db/schema";

export type KnownPair = { id: string; a: string; b: string };

/** Every pair of the project, for whoever compares very many at once; `lookUpPair` is for one. */
export function loadPairs(db: DbOrTx, projectId: string): Promise<(KnownPair & { key: string })[]> {
  return db
    .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB, key: pairs.key })
    .from(pairs)
    .where(eq(pairs.projectId, projectId));
}
