import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, inArray, lt, not, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { imports } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { notifyLive } from "@/server/live/live";
import { isMissing } from "@/server/storage/blobs";
import { importsFolder } from "./import-path";

const REASON = "Bringing it in stopped too often; the worker's log says why. Import it again.";
const OLD_MS = 60 * 60 * 1000;

/** Safe to run twice: what it finds leaves the states it looks for, and a file that is gone stays gone. */
export async function sweepImports(
  _payload: JobPayload<"import.sweep">,
  { db, signal }: JobContext,
): Promise<void> {
  await failStranded(db);
  await forgetUnconfirmed(db);
  for (const path of await oldFiles()) {
    signal.throwIfAborted();
    if (!(await isWanted(db, path))) await rm(path, { force: true });
  }
}

async function failStranded(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    const failed = await tx
      .update(imports)
      .set({ state: "failed", reason: REASON, finishedAt: sql`now()` })
      .where(
        and(
          inArray(imports.state, ["queued", "running"]),
          not(hasLiveJob("import.run", "importId", imports.id)),
        ),
      )
      .returning({ id: imports.id, projectId: imports.projectId });
    for (const row of failed) await notifyLive(tx, { ...row, topic: "import" });
  });
}

/** Looked at and left: nobody comes back to it after a day. */
async function forgetUnconfirmed(db: Db): Promise<void> {
  await db
    .update(imports)
    .set({ state: "cancelled", finishedAt: sql`now()` })
    .where(
      and(eq(imports.state, "uploaded"), lt(imports.createdAt, sql`now() - interval '1 day'`)),
    );
}

async function oldFiles(): Promise<string[]> {
  const found = await Promise.all([importsFolder(), join(importsFolder(), "tmp")].map(filesIn));
  return found.flat();
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(folder, entry.name));
    const ages = await Promise.all(paths.map(ageOf));
    return paths.filter((_, at) => (ages[at] ?? 0) > OLD_MS);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (cause) {
    // Removed by the import that just ended.
    if (isMissing(cause)) return 0;
    throw cause;
  }
}

/** A file is wanted while its import is under way; one in tmp is an upload that was cut off. */
async function isWanted(db: Db, path: string): Promise<boolean> {
  const id = path.slice(importsFolder().length + 1);
  if (!/^[0-9a-f-]{36}$/.test(id)) return false;
  const [row] = await db
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.id, id), inArray(imports.state, ["uploaded", "queued", "running"])));
  return row !== undefined;
}
