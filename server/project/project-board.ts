import { and, count, eq, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { countPhases, countRated, PHASES, type PhaseTally } from "./count-phases";
import { countWaiting } from "./count-waiting";
import { nextStep } from "./domain/next-step";
import { estimateOf, phaseFigures } from "./domain/phase-figures";
import { chooseRevision, listTestedRevisions } from "./find-tested-revision";
import { listActivity } from "./list-activity";
import { listBatchYield } from "./list-batch-yield";
import { listFinds } from "./list-finds";
import type { ShowBoard } from "./schemas";
import { sumSpend } from "./sum-spend";

export type ProjectBoard = Awaited<ReturnType<typeof projectBoard>>;

/** Everything on the project's board; Levels of people, the simulated rater's counted apart. */
export async function projectBoard(
  { db, viewer, member }: MemberContext,
  { revisionId }: ShowBoard = {},
) {
  const { projectId } = member;
  const revisions = await listTestedRevisions(db, projectId);
  const revision = chooseRevision(revisions, revisionId);
  const [tally, simulated, finds, waiting, activity, spend, batchYield, patternCounts] =
    await Promise.all([
      countPhases(db, projectId, revision?.id ?? null),
      revision ? countSimulated(db, projectId, revision.id) : null,
      revision ? findsOf(db, projectId, revision.id) : [],
      countWaiting(db, { projectId, accountId: viewer.accountId }),
      listActivity(db, projectId),
      sumSpend(db, projectId),
      listBatchYield(db, projectId),
      countPatterns(db, projectId),
    ]);
  return {
    generator: revision && { name: revision.generator, revision: revision.number },
    revisions,
    seeds: phaseFigures({ ...tally[1], sources: seedSources(tally[1]) }),
    expand: phaseFigures({ ...tally[2], sources: proposalSources(tally[2]) }),
    rated: PHASES.reduce((sum, phase) => sum + tally[phase].rated, 0),
    level5: PHASES.reduce((sum, phase) => sum + tally[phase].level5, 0),
    simulated,
    patterns: patternCounts,
    finds,
    waiting,
    next: nextStep(waiting, { stopped: [], patternsToReview: 0, offered: [] }),
    activity,
    spend,
    batchYield,
  };
}

const seedSources = ({ typed, imported }: PhaseTally) => [
  { label: "Typed", count: typed },
  { label: "Imported", count: imported },
];

const proposalSources = ({ proposed, fresh }: PhaseTally) => [
  { label: "Proposed", count: proposed },
  { label: "New", count: fresh },
];

async function countSimulated(db: DbOrTx, projectId: string, revisionId: string) {
  const rows = await countRated(db, { projectId, revisionId, source: "simulated" });
  const sum = (name: "rated" | "level5") => rows.reduce((total, row) => total + row[name], 0);
  return estimateOf(sum("level5"), sum("rated"));
}

// The simulated rater's finds stand in only while no person has found any, and are marked.
async function findsOf(db: DbOrTx, projectId: string, revisionId: string) {
  const human = await listFinds(db, { projectId, revisionId, source: "rater" });
  if (human.length > 0) return human;
  return listFinds(db, { projectId, revisionId, source: "simulated" });
}

async function countPatterns(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({ category: patterns.category, patterns: count() })
    .from(patterns)
    .where(and(eq(patterns.projectId, projectId), ne(patterns.state, "retired")))
    .groupBy(patterns.category);
  const of = (category: "lcmis" | "traditional") =>
    rows.find((row) => row.category === category)?.patterns ?? 0;
  return { lcmis: of("lcmis"), traditional: of("traditional") };
}
