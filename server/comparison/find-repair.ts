import { and, asc, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, generatorRevisions, generators, repairs, runs, seedSets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { modelTold } from "@/server/generation/model-told";

/** The comparison of that number, or the newest one; null before there is any. */
export async function findRepair(db: DbOrTx, projectId: string, number: number | undefined) {
  const [repair] = await db
    .select({
      id: repairs.id,
      number: repairs.number,
      baselineId: repairs.baselineRevisionId,
      seedSetId: repairs.seedSetId,
      seedSet: seedSets.number,
      seeds: seedSets.seeds,
      startedBy: accounts.name,
      createdAt: repairs.createdAt,
    })
    .from(repairs)
    .innerJoin(seedSets, eq(seedSets.id, repairs.seedSetId))
    .leftJoin(accounts, eq(accounts.id, repairs.startedBy))
    .where(
      and(
        eq(repairs.projectId, projectId),
        number === undefined ? undefined : eq(repairs.number, number),
      ),
    )
    .orderBy(desc(repairs.number))
    .limit(1);
  if (!repair && number !== undefined) throw new AppError("NOT_FOUND", "No such comparison.");
  return repair ?? null;
}
export type Repair = NonNullable<Awaited<ReturnType<typeof findRepair>>>;

/** Its generators in the order in which they were named, the baseline first; runs that draw broken images again are not among them. */
export const readSides = (db: DbOrTx, repair: Pick<Repair, "id" | "seedSetId">) =>
  db
    .select({
      revisionId: generatorRevisions.id,
      name: generators.name,
      number: generatorRevisions.number,
      method: generatorRevisions.method,
      parameters: generatorRevisions.parameters,
      model: modelTold,
      weightsHash: generatorRevisions.weightsHash,
      training: generatorRevisions.training,
      run: runs.number,
      state: runs.state,
    })
    .from(runs)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, runs.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(and(eq(runs.repairId, repair.id), eq(runs.seedSetId, repair.seedSetId)))
    .orderBy(asc(runs.number));
