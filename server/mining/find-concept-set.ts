import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { conceptSets } from "@/db/schema";
import { AppError } from "@/server/core/errors";

export type ConceptSet = typeof conceptSets.$inferSelect;

/** @throws NOT_FOUND, also for a set of another project. */
export async function findConceptSet(
  db: DbOrTx,
  { projectId, conceptSetId }: { projectId: string; conceptSetId: string },
): Promise<ConceptSet> {
  const [set] = await db
    .select()
    .from(conceptSets)
    .where(and(eq(conceptSets.id, conceptSetId), eq(conceptSets.projectId, projectId)));
  if (!set) throw new AppError("NOT_FOUND", "No such concept sets in this project");
  return set;
}
