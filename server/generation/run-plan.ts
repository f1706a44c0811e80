import { and, desc, eq, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { RunPurpose } from "@/db/enums";
import { generatorRevisions, runPairs, runs, seedSets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { type ReadyPair, readyPairs } from "./ready-pairs";
import { GeneratorParameters } from "./schemas";

type Wanted = {
  pairIds?: readonly string[] | undefined;
  generatorRevisionId?: string | undefined;
  purpose: RunPurpose;
};

/** What starting a run now would take in; reading it changes nothing. */
export async function runPlan(db: DbOrTx, projectId: string, wanted: Wanted) {
  const revision = await findRevision(db, projectId, wanted.generatorRevisionId);
  const seedSet = await findSeedSet(db, projectId, wanted.purpose);
  const ready = await readyPairs(db, projectId, wanted.pairIds);
  const claims = await db
    .select({
      pairId: runPairs.pairId,
      promptSetId: runPairs.promptSetId,
      runId: runs.id,
      number: runs.number,
    })
    .from(runPairs)
    .innerJoin(runs, eq(runs.id, runPairs.runId))
    .where(
      and(
        eq(runs.projectId, projectId),
        eq(runs.generatorRevisionId, revision.id),
        eq(runs.seedSetId, seedSet.id),
        eq(runs.purpose, wanted.purpose),
        ne(runs.state, "cancelled"),
      ),
    )
    .orderBy(desc(runs.number));
  const claimed = new Set(claims.map((claim) => `${claim.pairId} ${claim.promptSetId}`));
  const isMissing = (pair: ReadyPair) => !claimed.has(`${pair.pairId} ${pair.promptSetId}`);
  return { revision, seedSet, ready, missing: ready.filter(isMissing), latest: claims[0] ?? null };
}

async function findRevision(db: DbOrTx, projectId: string, id: string | undefined) {
  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(
      and(
        eq(generatorRevisions.projectId, projectId),
        id ? eq(generatorRevisions.id, id) : undefined,
      ),
    )
    .orderBy(desc(generatorRevisions.id))
    .limit(1);
  if (!revision) throw new AppError("NOT_FOUND", "This project has no such generator revision.");
  return { ...revision, parameters: GeneratorParameters.parse(revision.parameters) };
}

async function findSeedSet(db: DbOrTx, projectId: string, purpose: RunPurpose) {
  const [seedSet] = await db
    .select()
    .from(seedSets)
    .where(and(eq(seedSets.projectId, projectId), eq(seedSets.purpose, purpose)))
    .orderBy(desc(seedSets.number))
    .limit(1);
  if (!seedSet) throw new AppError("NOT_FOUND", "This project has no seeds for that purpose yet.");
  return seedSet;
}
