import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { findDrift } from "./find-drift";
import { noteDrift } from "./note-drift";

// A recount reads every pair and Level: once an hour is often enough for what should never happen.
const EVERY_MS = 60 * 60 * 1000;
let comparedAt = Number.NEGATIVE_INFINITY;

/** Safe to run twice: it changes nothing but the note of what it found. */
export async function watchDrift(
  _payload: JobPayload<"counters.sweep">,
  { db }: JobContext,
): Promise<void> {
  if (performance.now() - comparedAt < EVERY_MS) return;
  comparedAt = performance.now();
  const drift = await findDrift(db);
  for (const { counter, projectId, figures } of drift) {
    console.error(`Counter drift: ${figures} figures of ${counter} in project ${projectId}`);
  }
  await noteDrift(db, drift);
}
