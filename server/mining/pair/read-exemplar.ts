import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { exemplars } from "@/db/schema";
import type { PairScope } from "./read-origin";

/** How the proposer is shown the pair; null: like every other. */
export async function readExemplar(db: DbOrTx, { projectId, pairId }: PairScope) {
  const [exemplar] = await db
    .select({ mode: exemplars.mode, weight: exemplars.weight })
    .from(exemplars)
    .where(and(eq(exemplars.pairId, pairId), eq(exemplars.projectId, projectId)));
  return exemplar ?? null;
}
