import { and, asc, eq, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { RunPurpose } from "@/db/enums";
import { generatorRevisions, seedSets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import { IMPORTED } from "./domain/imported";
import { GeneratorParameters } from "./schemas";

/** What a run draws with. */
export type Drawn = {
  revision: Awaited<ReturnType<typeof findRevision>>;
  seedSet: { id: string; seeds: number[] };
};

/** The one asked for, else the one under test. */
export async function findRevision(db: DbOrTx, projectId: string, id: string | undefined) {
  const asked = id ?? (await findTestedRevision(db, projectId))?.id;
  const [revision] = asked ? await findById(db, projectId, asked) : [];
  if (!revision) throw new AppError("NOT_FOUND", "This project has no such generator revision.");
  return { ...revision, parameters: GeneratorParameters.parse(revision.parameters) };
}

const findById = (db: DbOrTx, projectId: string, id: string) =>
  db
    .select()
    .from(generatorRevisions)
    .where(
      and(
        eq(generatorRevisions.projectId, projectId),
        // Images that were brought in cannot be asked for again.
        ne(generatorRevisions.endpointName, IMPORTED),
        eq(generatorRevisions.id, id),
      ),
    );

/** The first of its purpose: what was brought in and sets with spare seeds come after it, and start no run. */
export async function findSeedSet(db: DbOrTx, projectId: string, purpose: RunPurpose) {
  const [seedSet] = await db
    .select()
    .from(seedSets)
    .where(and(eq(seedSets.projectId, projectId), eq(seedSets.purpose, purpose)))
    .orderBy(asc(seedSets.number))
    .limit(1);
  return seedSet ?? null;
}
