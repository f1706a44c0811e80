import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { endpoints, heartbeats, memberships } from "@/db/schema";
import type { Viewer } from "@/server/auth/viewer";
import { readDrift } from "@/server/counters/note-drift";
import { readLlm } from "@/server/llm/read-llm";
import { readLevelCheck } from "@/server/rating/note-level-drift";
import type { ViewerContext } from "@/server/trpc/context";
import { AppError } from "./errors";

const WORKER_SILENT_AFTER = "30 seconds";
const ENDPOINT_SILENT_AFTER = "60 seconds";
const SKETCH = "sketch";

export type SystemState = {
  worker: boolean;
  sketch: boolean;
  /** False: the offline proposer answers. */
  llm: boolean;
  /** Counters that a recount found wrong; only admins can mend them, so only they are told. */
  drift: string[];
  /** Grids whose Levels do not follow from their verdicts, by the last daily comparison; admins alone are told. */
  driftingLevels: number;
};

/** What is ready to work, for the foot of the home page. That it answers at all means the database is up. */
export async function showSystemState({ db, viewer }: ViewerContext): Promise<SystemState> {
  await refuseExperts(db, viewer);
  const [[worker], [sketch], llm, drift, levelCheck] = await Promise.all([
    db
      .select({
        isFresh: sql<boolean>`max(${heartbeats.seenAt}) > now() - ${WORKER_SILENT_AFTER}::interval`,
      })
      .from(heartbeats)
      .where(eq(heartbeats.kind, "worker")),
    db
      .select({
        isFresh: sql<boolean>`max(${endpoints.lastSeenAt}) > now() - ${ENDPOINT_SILENT_AFTER}::interval`,
      })
      .from(endpoints)
      .where(eq(endpoints.name, SKETCH)),
    readLlm(db),
    viewer.isAdmin ? readDrift(db) : [],
    viewer.isAdmin ? readLevelCheck(db) : null,
  ]);
  return {
    worker: worker?.isFresh ?? false,
    sketch: sketch?.isFresh ?? false,
    llm: llm !== null,
    drift: [...new Set(drift.map(({ counter }) => counter))],
    driftingLevels: levelCheck?.differing ?? 0,
  };
}

/** The state names the generator, which would bias somebody who only rates. */
async function refuseExperts(db: Db, viewer: Viewer): Promise<void> {
  if (viewer.isAdmin) return;
  const mine = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(eq(memberships.accountId, viewer.accountId));
  if (mine.length > 0 && mine.every(({ role }) => role === "expert")) {
    throw new AppError("FORBIDDEN", "Only researchers see what the images come from.");
  }
}
