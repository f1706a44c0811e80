import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exportsTable } from "@/db/schema";
import { notifyLive } from "@/server/live/live";

const STEPS = 50;

export type Progress = { start: () => Promise<void>; step: () => Promise<void> };

/** Tells the row and the screens how far an export is, at most fifty times. */
export function reportProgress(
  db: Db,
  { id, project, total }: { id: string; project: { id: string }; total: number },
): Progress {
  const every = Math.max(1, Math.ceil(total / STEPS));
  let done = 0;
  const write = () =>
    db.transaction(async (tx) => {
      await tx
        .update(exportsTable)
        .set({ state: "running", done: Math.min(done, total), total })
        .where(and(eq(exportsTable.id, id), inArray(exportsTable.state, ["queued", "running"])));
      await notifyLive(tx, { projectId: project.id, topic: "export", id });
    });
  return {
    start: write,
    step: async () => {
      done += 1;
      if (done % every === 0) await write();
    },
  };
}
