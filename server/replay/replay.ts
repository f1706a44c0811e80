import type { Db } from "@/db/client";
import { type Difference, firstDifference } from "./domain/first-difference";
import { rebuild } from "./domain/rebuild";
import { readHeldState } from "./read-held-state";
import { readEvidence, readLog } from "./read-log";

export type Replayed = { decisions: number; difference: Difference | null };

/** Rebuilds the loop's state from the log and compares it with what the tables hold, at one moment. */
export async function replay(db: Db, projectId: string): Promise<Replayed> {
  return db.transaction(
    async (tx) => {
      const log = await readLog(tx, projectId);
      const logged = rebuild(log, await readEvidence(tx, projectId));
      const held = await readHeldState(tx, projectId);
      return { decisions: log.length, difference: firstDifference(logged, held) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
