import { rm } from "node:fs/promises";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { imports } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { notifyLive } from "@/server/live/live";
import { StorageFull } from "@/server/storage/storage-full";
import type { FoundImport } from "./find-import";
import { importPath } from "./import-path";
import { insertImport } from "./insert-import";
import { openUpload } from "./open-upload";
import { type Progress, reportProgress, Stopped } from "./report-progress";
import { Confirmed } from "./schemas";
import { storeImages } from "./store-images";

/**
 * Safe to run twice: everything comes in with the transaction that ends the row, so a run that was cut
 * off has left nothing but files without rows, and a second one finds the row ended or begins anew.
 */
export async function runImport(
  { importId }: JobPayload<"import.run">,
  { db, signal }: JobContext,
): Promise<void> {
  const asked = await begin(db, importId);
  if (!asked) return;
  try {
    await bringIn(db, asked, reportProgress(db, asked, signal));
  } catch (cause) {
    if (cause instanceof Stopped) return;
    const reason = reasonOf(cause);
    // An outage or a stopping worker: the queue brings the job again.
    if (!reason || signal.aborted) throw cause;
    await fail(db, asked, reason);
  }
  await rm(importPath(importId), { force: true });
}

async function begin(db: Db, importId: string): Promise<FoundImport | null> {
  const [row] = await db
    .update(imports)
    .set({ state: "running", done: 0, startedAt: sql`now()` })
    .where(and(eq(imports.id, importId), inArray(imports.state, ["queued", "running"])))
    .returning();
  return row ?? null;
}

async function bringIn(db: Db, asked: FoundImport, progress: Progress): Promise<void> {
  const confirmed = Confirmed.parse(asked.confirmed);
  await using opened = await openUpload(asked, confirmed.options);
  const files = opened.read.items.flatMap(({ images }) => images.map(({ file }) => file));
  await progress.start(files.length + opened.read.items.length);
  const stored = await storeImages(opened.archive, files, progress.step);
  await insertImport(db, { asked, confirmed, read: opened.read, stored, onLines: progress.step });
}

async function fail(db: Db, { id, projectId }: FoundImport, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(imports)
      .set({ state: "failed", reason, finishedAt: sql`now()` })
      .where(and(eq(imports.id, id), inArray(imports.state, ["queued", "running"])));
    await notifyLive(tx, { projectId, topic: "import", id });
  });
}

/** A sentence for what a person has to mend; null for everything that passes by itself. */
function reasonOf(cause: unknown): string | null {
  if (cause instanceof AppError) return cause.message;
  if (cause instanceof StorageFull)
    return "No space left on the server's disk; free some and import again.";
  return null;
}
