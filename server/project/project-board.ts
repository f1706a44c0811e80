import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { projects } from "@/db/schema";
import { readBudgets } from "@/server/budget/read-budgets";
import { readAsks } from "@/server/loop/read-asks";
import type { MemberContext } from "@/server/trpc/context";
import { readForecast } from "./board/read-forecast";
import { readGauge } from "./board/read-gauge";
import { readPatterns } from "./board/read-patterns";
import { readPhases } from "./board/read-phases";
import { readRunning } from "./board/read-running";
import { readSuggestions } from "./board/read-suggestions";
import { type BoardWait, readWaits } from "./board/read-waits";
import { countRated, PHASES } from "./count-phases";
import { countWaiting } from "./count-waiting";
import type { Forecast } from "./domain/forecast";
import { nextStep } from "./domain/next-step";
import { type Estimate, estimateOf } from "./domain/phase-figures";
import { chooseRevision, listTestedRevisions } from "./find-tested-revision";
import { listActivity } from "./list-activity";
import { type Find, listFinds } from "./list-finds";
import { ProjectSettings, type ShowBoard } from "./schemas";

export type ProjectBoard = Awaited<ReturnType<typeof projectBoard>>;

/** Everything on the project's board; Levels of people, the simulated rater's counted apart. */
export async function projectBoard(
  { db, viewer, member }: MemberContext,
  { revisionId }: ShowBoard = {},
) {
  const { projectId } = member;
  const revisions = await listTestedRevisions(db, projectId);
  const revision = chooseRevision(revisions, revisionId);
  const [loop, tested, waiting, activity, budgets, settings] = await Promise.all([
    readLoop(db, projectId, revision?.id ?? null),
    revision ? readTested(db, projectId, revision.id) : UNTESTED,
    countWaiting(db, { projectId, accountId: viewer.accountId }),
    listActivity(db, projectId),
    readBudgets(db, projectId),
    readSettings(db, projectId),
  ]);
  return {
    revision,
    revisions,
    settings,
    ...loop,
    ...tested,
    waiting,
    next: nextStep(waiting, callsOf(loop)),
    activity,
    budgets,
  };
}

/** What stands in the loop, whichever generator is looked at. */
async function readLoop(db: DbOrTx, projectId: string, revisionId: string | null) {
  const [phases, patterns, waits, asks, running, gauge, suggestions] = await Promise.all([
    readPhases(db, projectId, revisionId),
    readPatterns(db, projectId),
    readWaits(db, projectId),
    readAsks(db, projectId),
    readRunning(db, projectId),
    readGauge(db, projectId),
    readSuggestions(db, projectId),
  ]);
  const sum = (name: "rated" | "level5" | "trivial") =>
    PHASES.reduce((total, phase) => total + phases[phase].tally[name], 0);
  return {
    phases,
    rated: sum("rated"),
    level5: sum("level5"),
    trivial: sum("trivial"),
    patterns,
    waits,
    asks,
    running,
    gauge,
    suggestions,
  };
}

type Loop = Awaited<ReturnType<typeof readLoop>>;

const callsOf = ({ phases, patterns, waits }: Loop) => ({
  isStopped: waits.some(isBudgetStop),
  patternsToReview: patterns.toReview,
  offered: PHASES.filter((phase) => phases[phase].state === "offered"),
});

const isBudgetStop = ({ kind }: BoardWait) => kind === "budget";

type Tested = { simulated: Estimate | null; finds: Find[]; forecast: Forecast | null };
const UNTESTED: Tested = { simulated: null, finds: [], forecast: null };

/** What the generator under test showed. */
async function readTested(db: DbOrTx, projectId: string, revisionId: string): Promise<Tested> {
  const [simulated, finds, forecast] = await Promise.all([
    countSimulated(db, projectId, revisionId),
    findsOf(db, projectId, revisionId),
    readForecast(db, projectId, revisionId),
  ]);
  return { simulated, finds, forecast };
}

async function countSimulated(db: DbOrTx, projectId: string, revisionId: string) {
  const rows = await countRated(db, { projectId, revisionId, judge: "simulated" });
  const sum = (name: "rated" | "level5") => rows.reduce((total, row) => total + row[name], 0);
  return estimateOf(sum("level5"), sum("rated"));
}

// The simulated rater's finds stand in only while no person has found any, and are marked.
async function findsOf(db: DbOrTx, projectId: string, revisionId: string) {
  const human = await listFinds(db, { projectId, revisionId, judge: "human" });
  if (human.length > 0) return human;
  return listFinds(db, { projectId, revisionId, judge: "simulated" });
}

async function readSettings(db: DbOrTx, projectId: string): Promise<ProjectSettings> {
  const [project] = await db
    .select({ settings: projects.settings })
    .from(projects)
    .where(eq(projects.id, projectId));
  return ProjectSettings.parse(project?.settings ?? {});
}
