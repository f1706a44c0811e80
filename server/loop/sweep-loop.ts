import { and, eq, isNull, not } from "drizzle-orm";
import { patterns, phases, projects } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { offerMerge } from "./offer-merge";
import { wake } from "./wake";

/**
 * Wakes what runs by itself, should a wake have been lost, and offers phase 4 for Levels that came in otherwise than from
 * a rater. Safe to run twice: both look at what is there.
 */
export async function sweepLoop(
  _payload: JobPayload<"loop.sweep">,
  { db }: JobContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    const resting = await tx
      .select({ id: patterns.id })
      .from(patterns)
      .innerJoin(projects, eq(projects.id, patterns.projectId))
      .where(
        and(
          eq(patterns.isAuto, true),
          eq(patterns.state, "approved"),
          isNull(projects.archivedAt),
          not(hasLiveJob("loop.advance", "patternId", patterns.id)),
        ),
      );
    await wake(tx, ...resting.map(({ id }) => id));
  });
  const unoffered = await db
    .select({ id: projects.id })
    .from(phases)
    .innerJoin(projects, eq(projects.id, phases.projectId))
    .where(and(eq(phases.number, 4), eq(phases.state, "closed"), isNull(projects.archivedAt)));
  for (const { id } of unoffered) await db.transaction((tx) => offerMerge(tx, id));
}
