import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { findLevelDrift } from "./find-level-drift";
import { noteLevelDrift, readLevelCheck } from "./note-level-drift";

// It reads every verdict there is.
const EVERY_MS = 24 * 60 * 60 * 1000;

/** Safe to run twice: it changes nothing but the note of what it found. */
export async function watchLevels(
  _payload: JobPayload<"rating.sweep">,
  { db }: Pick<JobContext, "db">,
): Promise<void> {
  const last = await readLevelCheck(db);
  if (last && Date.now() - last.at.getTime() < EVERY_MS) return;
  const found = await findLevelDrift(db);
  for (const { projectId, gridId, kept, follows } of found.drift) {
    console.error(`Level drift: grid ${gridId} of project ${projectId}`, { kept, follows });
  }
  await noteLevelDrift(db, found);
}
