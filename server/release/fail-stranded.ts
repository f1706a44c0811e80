import { and, inArray, not, sql } from "drizzle-orm";
import { exportsTable } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { notifyLive } from "@/server/live/live";

const REASON = "Writing it stopped too often; the worker's log says why. Export again.";

/** Safe to run twice: what it finds leaves the states it looks for. */
export async function failStranded(
  _payload: JobPayload<"release.sweep">,
  { db }: JobContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    const failed = await tx
      .update(exportsTable)
      .set({ state: "failed", reason: REASON, finishedAt: sql`now()` })
      .where(
        and(
          inArray(exportsTable.state, ["queued", "running"]),
          not(hasLiveJob("release.export", "exportId", exportsTable.id)),
        ),
      )
      .returning({ id: exportsTable.id, projectId: exportsTable.projectId });
    for (const row of failed) await notifyLive(tx, { ...row, topic: "export" });
  });
}
