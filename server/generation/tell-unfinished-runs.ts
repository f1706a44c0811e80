import { and, asc, count, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { projects, renders, runRenders, runs } from "@/db/schema";

const MOST_TOLD = 5;

/** For whoever starts the product: a sentence on each run that it goes on with; none where nothing was left. */
export async function tellUnfinishedRuns(db: Db): Promise<string[]> {
  const left = await db
    .select({ project: projects.name, run: runs.number, renders: count() })
    .from(renders)
    .innerJoin(runRenders, eq(runRenders.renderId, renders.id))
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .where(and(inArray(renders.state, ["queued", "leased"]), eq(runs.state, "active")))
    .groupBy(projects.id, runs.id)
    .orderBy(asc(runs.id));
  const lines = left
    .slice(0, MOST_TOLD)
    .map((one) => `Going on with run ${one.run} of ${one.project}: ${rendersLeft(one.renders)}`);
  const more = left.slice(MOST_TOLD).reduce((sum, one) => sum + one.renders, 0);
  return more > 0
    ? [...lines, `Going on with ${left.length - MOST_TOLD} more: ${rendersLeft(more)}`]
    : lines;
}

const rendersLeft = (renders: number) =>
  `${renders.toLocaleString("en")} ${renders === 1 ? "render" : "renders"} left`;
