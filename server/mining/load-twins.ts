import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { PairState } from "@/db/enums";
import { pairs } from "@/db/schema";
import { createTwinIndex, type TwinIndex } from "./domain/twin-index";

export type KnownPair = { id: string | null; a: string; b: string; state: PairState | null };

/** Every pair of the project, ready to be asked for the twin of another. */
export async function loadTwins(db: DbOrTx, projectId: string): Promise<TwinIndex<KnownPair>> {
  const known = await db
    .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB, state: pairs.state })
    .from(pairs)
    .where(eq(pairs.projectId, projectId));
  return createTwinIndex<KnownPair>(known);
}
