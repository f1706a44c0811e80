import { and, eq, isNotNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions } from "@/db/schema";
import { trainingScorers } from "@/server/scoring/domain/training-scorers";

/** True of a generator revision whose model was trained to please the scorer of that name. */
export type IsTrainedOn = (revisionId: string, scorer: string) => boolean;

export async function readTrained(db: DbOrTx, projectId: string): Promise<IsTrainedOn> {
  const rows = await db
    .select({ id: generatorRevisions.id, training: generatorRevisions.training })
    .from(generatorRevisions)
    .where(
      and(eq(generatorRevisions.projectId, projectId), isNotNull(generatorRevisions.training)),
    );
  const pleased = new Map(rows.map(({ id, training }) => [id, trainingScorers(training)]));
  return (revisionId, scorer) => pleased.get(revisionId)?.includes(scorer) ?? false;
}
