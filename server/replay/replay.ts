import type { Db } from "@/db/client";
import { type Break, type Difference, firstDifference } from "./domain/first-difference";
import { rebuild } from "./domain/rebuild";
import { readHeldState } from "./read-held-state";
import { readEvidence, readLog } from "./read-log";

export type Replayed = { decisions: number; difference: Difference | Break | null };

/** Rebuilds the loop's state from the log and compares it with what the tables hold, at one moment. */
export async function replay(db: Db, projectId: string): Promise<Replayed> {
  return db.transaction(
    async (tx) => {
      const log = await readLog(tx, projectId);
      const rebuilt = rebuild(log, await readEvidence(tx, projectId));
      if ("broken" in rebuilt) return { decisions: log.length, difference: rebuilt.broken };
      const held = await readHeldState(tx, projectId);
      return { decisions: log.length, difference: firstDifference(rebuilt.state, held) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
