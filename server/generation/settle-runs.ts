import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { QUICK_LOOK_KINDS, type RunPurpose } from "@/db/enums";
import { renders, runRenders, runs } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";

// A quick look is a person's alone.
const LOOKS: readonly RunPurpose[] = QUICK_LOOK_KINDS;

/** Sets each run to active or done by what its renders say. Lock the renders before calling. */
export async function settleRuns(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  // Two renders that finish together: the second waits here and then sees the first one's end.
  const live = await tx
    .select({ id: runs.id, state: runs.state, purpose: runs.purpose })
    .from(runs)
    .where(and(inArray(runs.id, [...runIds]), ne(runs.state, "cancelled")))
    .orderBy(asc(runs.id))
    .for("no key update");
  for (const run of live) await settle(tx, run);
}

export async function settleRunsOf(tx: Tx, renderId: string): Promise<void> {
  const claims = await tx
    .select({ runId: runRenders.runId })
    .from(runRenders)
    .where(eq(runRenders.renderId, renderId));
  await settleRuns(
    tx,
    claims.map((claim) => claim.runId),
  );
}

type Settling = Pick<typeof runs.$inferSelect, "id" | "state" | "purpose">;

async function settle(tx: Tx, run: Settling) {
  const [open] = await tx
    .select({ id: renders.id })
    .from(renders)
    .innerJoin(runRenders, eq(runRenders.renderId, renders.id))
    .where(and(eq(runRenders.runId, run.id), inArray(renders.state, ["queued", "leased"])))
    .limit(1);
  const state = open ? "active" : "done";
  if (state === run.state) return;
  await tx
    .update(runs)
    .set({ state, finishedAt: open ? null : sql`now()` })
    .where(eq(runs.id, run.id));
  if (state === "done" && !LOOKS.includes(run.purpose))
    await enqueue(tx, "scoring.judgeRun", { runId: run.id });
}
