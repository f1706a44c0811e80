import { and, count, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { generators, pairs } from "@/db/schema";
import { rendersLeft } from "@/server/budget/renders-left";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import { readSettings } from "@/server/project/read-settings";
import { rendersPerPrompt } from "@/server/realign/domain/drawn-twice";
import { countFailedLooks } from "./count-failed-looks";
import { SEEDS_PER_PROMPT } from "./domain/seeds";
import { PROMPTS_PER_PAIR } from "./ready-pairs";
import { runPlan } from "./run-plan";
import type { PreviewRun } from "./schemas";

/** What the start button would do, for all pairs or those that are named: with which generator, how many are ready, what would be added, and how much of it is paid for. */
export async function previewRun(db: Db, projectId: string, asked: PreviewRun) {
  const plan = await runPlan(db, projectId, { ...asked, purpose: "mining" });
  const [accepted] = await db
    .select({ total: count() })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), eq(pairs.state, "accepted")));
  const missing = plan.missing.length;
  const rendersPerPair = PROMPTS_PER_PAIR * rendersPerPrompt(plan.revision.method);
  const left = await rendersLeft(db, projectId);
  const { ratingMode, ratersPerGrid } = await readSettings(db, projectId);
  const tested = await findTestedRevision(db, projectId);
  const { id, number, generatorId } = plan.revision;
  const [generator] = await db
    .select({ name: generators.name })
    .from(generators)
    .where(eq(generators.id, generatorId));
  return {
    drawnBy: { id, number, generator: generator?.name ?? "" },
    failedLooks: await countFailedLooks(db, projectId),
    rendersLeft: left,
    /** Pairs that the budget covers; renders that another run has had drawn cost nothing, so it may be more. */
    covered: left === null ? missing : Math.min(missing, Math.floor(left / rendersPerPair)),
    accepted: accepted?.total ?? 0,
    ready: plan.ready.length,
    pairs: missing,
    renders: missing * rendersPerPair,
    images: missing * PROMPTS_PER_PAIR * SEEDS_PER_PROMPT,
    /** Of its grids, unless the run says otherwise; a screened grid has one whatever anybody says. */
    ratersPerGrid: ratingMode === "screen" ? null : ratersPerGrid,
    coveredBy: plan.latest?.number ?? null,
    /** What this run would take out of test, as the newest run's revision is under test; null: nothing. */
    replaces: tested && tested.id !== plan.revision.id ? tested : null,
  };
}
