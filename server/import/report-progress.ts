import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { imports } from "@/db/schema";
import { notifyLive } from "@/server/live/live";

const EVERY_MS = 400;

/** Somebody cancelled the import, or another run has ended it. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}
export type Progress = {
  start: (total: number) => Promise<void>;
  /** So many more are done. @throws Stopped when nobody wants the rest. */
  step: (count: number) => Promise<void>;
};

/** Tells the row and the screens how far an import is. It writes beside the import's own transaction. */
export function reportProgress(
  db: Db,
  { id, projectId }: { id: string; projectId: string },
  signal: AbortSignal,
): Progress {
  let done = 0;
  let total = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = async () => {
    signal.throwIfAborted();
    toldAt = performance.now();
    const isWanted = await db.transaction(async (tx) => {
      const told = await tx
        .update(imports)
        .set({ done: Math.min(done, total), total })
        .where(and(eq(imports.id, id), eq(imports.state, "running")))
        .returning({ id: imports.id });
      await notifyLive(tx, { projectId, topic: "import", id });
      return told.length > 0;
    });
    if (!isWanted) throw new Stopped();
  };
  return {
    start: async (count) => {
      total = count;
      await tell();
    },
    step: async (count) => {
      done += count;
      if (performance.now() - toldAt >= EVERY_MS) await tell();
    },
  };
}
