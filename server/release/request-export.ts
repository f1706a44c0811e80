import { and, eq, inArray } from "drizzle-orm";
import { exportsTable, projects } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import type { MemberContext } from "@/server/trpc/context";

/** Asks for a fresh export; while one is being written, that one is the answer. */
export async function requestExport({
  db,
  viewer,
  member,
}: MemberContext): Promise<{ exportId: string }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    // Two presses of the button must not write the same archive twice.
    await tx.select().from(projects).where(eq(projects.id, projectId)).for("no key update");
    const [open] = await tx
      .select({ exportId: exportsTable.id })
      .from(exportsTable)
      .where(
        and(
          eq(exportsTable.projectId, projectId),
          inArray(exportsTable.state, ["queued", "running"]),
        ),
      );
    if (open) return open;
    const [made] = await tx
      .insert(exportsTable)
      .values({ projectId, requestedBy: viewer.accountId })
      .returning({ exportId: exportsTable.id });
    if (!made) throw new Error("An insert returned no row");
    await enqueue(tx, "release.export", made);
    await notifyLive(tx, { projectId, topic: "export", id: made.exportId });
    return made;
  });
}
