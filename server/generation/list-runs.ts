import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  accounts,
  generatorRevisions,
  generators,
  renders,
  runPairs,
  runRenders,
  runs,
  seedSets,
} from "@/db/schema";

const PAGE = 50;

/** The project's runs, newest first, each with what its renders say. */
export async function listRuns(
  db: DbOrTx,
  projectId: string,
  { before }: { before?: number | undefined } = {},
) {
  const rows = await selectRuns(db)
    .where(and(eq(runs.projectId, projectId), before ? lt(runs.number, before) : undefined))
    .orderBy(desc(runs.number))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  return { runs: page, next: rows.length > PAGE ? (page.at(-1)?.number ?? null) : null };
}

const countOf = (state: string) =>
  sql<number>`(select count(*)::int from ${runRenders} join ${renders} on ${renders.id} = ${runRenders.renderId} where ${runRenders.runId} = ${runs.id} and ${renders.state} = ${state})`;

const RENDERS = sql<number>`(select count(*)::int from ${runRenders} where ${runRenders.runId} = ${runs.id})`;

export const selectRuns = (db: DbOrTx) =>
  db
    .select({
      id: runs.id,
      number: runs.number,
      purpose: runs.purpose,
      /** null: as many as the project says when a grid opens. */
      ratersPerGrid: runs.ratersPerGrid,
      state: runs.state,
      createdAt: runs.createdAt,
      finishedAt: runs.finishedAt,
      startedBy: accounts.name,
      generatorId: generators.id,
      generator: generators.name,
      revision: generatorRevisions.number,
      method: generatorRevisions.method,
      endpointName: generatorRevisions.endpointName,
      parameters: generatorRevisions.parameters,
      generatorRevisionId: generatorRevisions.id,
      seedSet: seedSets.number,
      seeds: seedSets.seeds,
      // Runs of looks have no prompt sets: each of their renders is a pair or a concept.
      subjects: sql<number>`(select count(*)::int from ${runPairs} where ${runPairs.runId} = ${runs.id})
        + (case when ${runs.purpose} in ('precheck', 'capability') then ${RENDERS} else 0 end)`,
      renders: RENDERS,
      done: countOf("done"),
      rendering: countOf("leased"),
      queued: countOf("queued"),
      failed: countOf("failed"),
    })
    .from(runs)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, runs.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .innerJoin(seedSets, eq(seedSets.id, runs.seedSetId))
    .leftJoin(accounts, eq(accounts.id, runs.startedBy))
    .$dynamic();
export type RunRow = Awaited<ReturnType<typeof listRuns>>["runs"][number];
