import { and, eq, ne, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { grids, renders, runPairs, runRenders, runs } from "@/db/schema";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { enqueue } from "@/server/jobs/queue";

const AT_ONCE = 50;

/** In a comparison a pair's grids open together: while one generator still draws it, nothing is overdue. */
function undrawnSide(tx: Tx) {
  const [side, claim, render] = [
    alias(runs, "side"),
    alias(runRenders, "side_claim"),
    alias(renders, "side_render"),
  ];
  return tx
    .select({ id: side.id })
    .from(side)
    .innerJoin(claim, eq(claim.runId, side.id))
    .innerJoin(render, eq(render.id, claim.renderId))
    .where(
      and(
        eq(side.repairId, runs.repairId),
        eq(side.seedSetId, runs.seedSetId),
        ne(side.state, "cancelled"),
        eq(claim.pairId, runPairs.pairId),
        ne(render.state, "done"),
      ),
    );
}

/** Asks again for grids whose images are all there, but whose job ran out of retries. */
export async function reopenGrids(tx: Tx): Promise<number> {
  const gridOfPair = tx
    .select({ id: grids.id })
    .from(grids)
    .where(
      and(
        eq(grids.pairId, runPairs.pairId),
        eq(grids.promptSetId, runPairs.promptSetId),
        eq(grids.generatorRevisionId, runs.generatorRevisionId),
        eq(grids.seedSetId, runs.seedSetId),
      ),
    );
  const finished = await tx
    .select({ renderId: sql<string>`min(${renders.id}::text)` })
    .from(runPairs)
    .innerJoin(runs, eq(runs.id, runPairs.runId))
    .innerJoin(
      runRenders,
      and(eq(runRenders.runId, runPairs.runId), eq(runRenders.pairId, runPairs.pairId)),
    )
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .where(and(ne(runs.state, "cancelled"), notExists(gridOfPair), notExists(undrawnSide(tx))))
    .groupBy(runPairs.runId, runPairs.pairId)
    .having(
      sql`bool_and(${renders.state} = 'done' and not ${hasLiveJob("generation.openGrids", "renderId", renders.id)})`,
    )
    .limit(AT_ONCE);
  for (const { renderId } of finished) await enqueue(tx, "generation.openGrids", { renderId });
  return finished.length;
}
