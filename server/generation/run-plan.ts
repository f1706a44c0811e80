import { and, desc, eq, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { RunPurpose } from "@/db/enums";
import { runPairs, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { type ReadyPair, readyPairs } from "./ready-pairs";
import { findRevision, findSeedSet } from "./run-settings";

type Wanted = {
  pairIds?: readonly string[] | undefined;
  generatorRevisionId?: string | undefined;
  purpose: RunPurpose;
  /** Takes in no more than so many pairs, the oldest first. */
  most?: number | undefined;
  /** Leaves out what any generator has been asked for, whatever its prompts were. */
  undrawn?: true | undefined;
};

/** What starting a run now would take in; reading it changes nothing. */
export async function runPlan(db: DbOrTx, projectId: string, wanted: Wanted) {
  const revision = await findRevision(db, projectId, wanted.generatorRevisionId);
  const seedSet = await findSeedSet(db, projectId, wanted.purpose);
  if (!seedSet) throw new AppError("NOT_FOUND", "This project has no seeds for that purpose yet.");
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
        wanted.undrawn ? undefined : eq(runs.generatorRevisionId, revision.id),
        wanted.undrawn ? undefined : eq(runs.seedSetId, seedSet.id),
        eq(runs.purpose, wanted.purpose),
        ne(runs.state, "cancelled"),
      ),
    )
    .orderBy(desc(runs.number));
  const keyOf = ({ pairId, promptSetId }: Pick<ReadyPair, "pairId" | "promptSetId">) =>
    wanted.undrawn ? pairId : `${pairId} ${promptSetId}`;
  const claimed = new Set(claims.map(keyOf));
  const isMissing = (pair: ReadyPair) => !claimed.has(keyOf(pair));
  const missing = ready.filter(isMissing).slice(0, wanted.most);
  return { revision, seedSet, ready, missing, latest: claims[0] ?? null };
}
