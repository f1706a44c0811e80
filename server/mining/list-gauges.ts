import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { ProposalStrategy } from "@/db/enums";
import { batches, patterns, saturations } from "@/db/schema";
import { gaugeBatch, outlookOf } from "@/server/project/domain/gauge";
import { proposersInUse } from "./proposers-in-use";

export type PatternGauge = Awaited<ReturnType<typeof listGauges>>[number];

/**
 * How far each pattern has run dry with the proposers in use. What is exhausted is a pattern with a proposer:
 * what one said that nobody asks any more tells nothing of the next batch.
 */
export async function listGauges(db: DbOrTx, projectId: string) {
  const inUse = await proposersInUse(db);
  const rows = await readStandings(db, projectId, Object.values(inUse));
  return rows.map(({ last, ...row }) => ({
    ...row,
    ...outlookOf(row),
    strategy: strategyOf(inUse, row.proposer),
    last: last && { ...gaugeBatch(last), meanSimilarity: last.meanSimilarity },
  }));
}

const strategyOf = (
  { two_sets }: Record<ProposalStrategy, string>,
  proposer: string,
): ProposalStrategy => (proposer === two_sets ? "two_sets" : "direct");

function readStandings(db: DbOrTx, projectId: string, proposers: readonly string[]) {
  // By the pattern's newest numbers: the unique key answers it without reading the older ones.
  const last = db
    .select({
      number: batches.number,
      fresh: batches.fresh,
      judged: batches.judged,
      isRetest: batches.isRetest,
      meanSimilarity: batches.meanSimilarity,
    })
    .from(batches)
    .where(
      and(
        eq(batches.patternId, saturations.patternId),
        eq(batches.proposer, saturations.proposer),
        eq(batches.state, "done"),
      ),
    )
    .orderBy(desc(batches.number))
    .limit(1)
    .as("last");
  return db
    .select({
      patternId: saturations.patternId,
      pattern: patterns.name,
      state: patterns.state,
      proposer: saturations.proposer,
      proposals: saturations.proposals,
      distinct: saturations.distinct,
      once: saturations.once,
      twice: saturations.twice,
      dryBatches: saturations.dryBatches,
      isDry: saturations.isDry,
      isConfirmed: saturations.isConfirmed,
      reason: saturations.reason,
      last: {
        number: last.number,
        fresh: last.fresh,
        judged: last.judged,
        isRetest: last.isRetest,
        meanSimilarity: last.meanSimilarity,
      },
    })
    .from(saturations)
    .innerJoin(patterns, eq(patterns.id, saturations.patternId))
    .leftJoinLateral(last, sql`true`)
    .where(and(eq(saturations.projectId, projectId), inArray(saturations.proposer, [...proposers])))
    .orderBy(asc(saturations.patternId), asc(saturations.proposer));
}
