import { rm } from "node:fs/promises";
import { and, eq, inArray, sql } from "drizzle-orm";
import { imports } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import type { MemberContext } from "@/server/trpc/context";
import { findImport } from "./find-import";
import { importPath } from "./import-path";

/** Ends an import that is not whole yet: whatever it has done so far is taken back by its own transaction. */
export async function cancelImport(
  { db, member }: MemberContext,
  { importId }: { importId: string },
): Promise<void> {
  const { projectId } = member;
  await findImport(db, { projectId, importId });
  await db.transaction(async (tx) => {
    const cancelled = await tx
      .update(imports)
      .set({ state: "cancelled", finishedAt: sql`now()` })
      .where(
        and(
          eq(imports.id, importId),
          eq(imports.projectId, projectId),
          inArray(imports.state, ["uploaded", "queued", "running"]),
        ),
      )
      .returning({ id: imports.id });
    if (cancelled.length === 0) throw new AppError("CONFLICT", "This import has ended already.");
    await notifyLive(tx, { projectId, topic: "import", id: importId });
  });
  await rm(importPath(importId), { force: true });
}
