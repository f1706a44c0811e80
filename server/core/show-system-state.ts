import { eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { endpoints, heartbeats, memberships } from "@/db/schema";
import type { Viewer } from "@/server/auth/viewer";
import { readDrift } from "@/server/counters/note-drift";
import { readReason } from "@/server/generation/domain/method/offer";
import { readLlm } from "@/server/llm/read-llm";
import { readLevelCheck } from "@/server/rating/note-level-drift";
import type { ViewerContext } from "@/server/trpc/context";
import { defaultGenerators } from "./env";
import { AppError } from "./errors";

const WORKER_SILENT_AFTER = "30 seconds";
const ENDPOINT_SILENT_AFTER = "60 seconds";
/** What draws on this machine, by the names of its endpoints. */
const ENGINES = new Map([
  ["tiny-world", "Tiny World"],
  ["sketch", "Sketch simulator"],
]);

/** `reason`: what its bridge says of it where it cannot draw. */
export type Engine = { name: string; isReady: boolean; reason: string | null };

export type SystemState = {
  worker: boolean;
  engines: Engine[];
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
  const [[worker], engines, llm, drift, levelCheck] = await Promise.all([
    db
      .select({
        isFresh: sql<boolean>`max(${heartbeats.seenAt}) > now() - ${WORKER_SILENT_AFTER}::interval`,
      })
      .from(heartbeats)
      .where(eq(heartbeats.kind, "worker")),
    readEngines(db),
    readLlm(db),
    viewer.isAdmin ? readDrift(db) : [],
    viewer.isAdmin ? readLevelCheck(db) : null,
  ]);
  return {
    worker: worker?.isFresh ?? false,
    engines,
    llm: llm !== null,
    drift: [...new Set(drift.map(({ counter }) => counter))],
    driftingLevels: levelCheck?.differing ?? 0,
  };
}

async function readEngines(db: Db): Promise<Engine[]> {
  const heard = await db
    .select({
      endpoint: endpoints.name,
      health: endpoints.health,
      description: endpoints.description,
      isFresh: sql<boolean>`${endpoints.lastSeenAt} > now() - ${ENDPOINT_SILENT_AFTER}::interval`,
    })
    .from(endpoints)
    .where(inArray(endpoints.name, [...ENGINES.keys()]))
    .orderBy(sql`${endpoints.lastSeenAt} desc nulls last`);
  return [...ENGINES].flatMap(([endpoint, name]) => {
    const rows = heard.filter((row) => row.endpoint === endpoint);
    // What no bridge ever told of is missed only where new projects draw with it.
    if (rows.length === 0 && endpoint !== defaultGenerators()) return [];
    const last = rows.find(({ isFresh }) => isFresh);
    // One that starts, or rests for a moment, will draw.
    const isReady = last !== undefined && last.health !== "unreachable";
    return { name, isReady, reason: isReady ? null : readReason(last?.description) };
  });
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
