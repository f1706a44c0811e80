import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { makeZip } from "client-zip";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exportsTable, projects } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { notifyLive } from "@/server/live/live";
import { StorageFull } from "@/server/storage/storage-full";
import { moveIntoPlace, type Written, writeTemporary } from "@/server/storage/write-whole";
import { type ArchivedProject, archiveEntries, type Entry } from "./archive-entries";
import { countFiles } from "./count-files";
import { exportPath, exportsFolder } from "./export-path";
import { removeAbandoned } from "./remove-abandoned";
import { reportProgress } from "./report-progress";

type Asked = { id: string; madeAt: Date; project: ArchivedProject };
type FileInManifest = { name: string; bytes: number; sha256: string; rows?: number };

/**
 * Safe to run twice: each run writes its own temporary file from one snapshot, and the row's lock lets only
 * the first finished one become the archive, so that file and hash always belong together.
 */
export async function writeExport(
  { exportId }: JobPayload<"release.export">,
  { db, signal }: JobContext,
): Promise<void> {
  const asked = await findAsked(db, exportId);
  if (!asked) return;
  try {
    await removeAbandoned();
    const written = await writeArchive(db, asked, signal);
    await finish(db, asked, written);
  } catch (cause) {
    const reason = reasonOf(cause);
    // An outage or a stopping worker: the queue brings the job again.
    if (!reason || signal.aborted) throw cause;
    console.error("An export failed", cause);
    await fail(db, asked, reason);
  }
}

async function findAsked(db: Db, exportId: string): Promise<Asked | null> {
  const [row] = await db
    .select({
      id: exportsTable.id,
      state: exportsTable.state,
      madeAt: exportsTable.createdAt,
      project: { id: projects.id, slug: projects.slug, name: projects.name },
    })
    .from(exportsTable)
    .innerJoin(projects, eq(projects.id, exportsTable.projectId))
    .where(eq(exportsTable.id, exportId));
  return row && row.state !== "done" && row.state !== "failed" ? row : null;
}

async function writeArchive(db: Db, asked: Asked, signal: AbortSignal): Promise<Written> {
  return db.transaction(
    async (snapshot) => {
      const total = await countFiles(snapshot, asked.project.id);
      const progress = reportProgress(db, { ...asked, total });
      await progress.start();
      const entries = archiveEntries(snapshot, asked.project, asked.madeAt);
      const zip = makeZip(inManifest(entries, asked, signal, progress.step));
      return writeTemporary(exportsFolder(), zip, Number.MAX_SAFE_INTEGER);
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** Passes each file on, then writes down what it was; the manifest itself comes last. */
async function* inManifest(
  entries: AsyncIterable<Entry>,
  { project, madeAt }: Asked,
  signal: AbortSignal,
  onFile: () => Promise<void>,
) {
  const files: FileInManifest[] = [];
  for await (const entry of entries) {
    signal.throwIfAborted();
    yield { name: entry.name, input: noting(entry, files), lastModified: madeAt };
    await onFile();
  }
  const manifest = { format: 1, project: project.slug, made_at: madeAt, files };
  yield {
    name: "manifest.json",
    input: `${JSON.stringify(manifest, null, 2)}\n`,
    lastModified: madeAt,
  };
}

async function* noting({ name, chunks, rows }: Entry, files: FileInManifest[]) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    yield chunk;
  }
  files.push({ name, bytes, sha256: hash.digest("hex"), rows: rows?.() });
}

async function finish(db: Db, { id, project }: Asked, written: Written) {
  try {
    await db.transaction(async (tx) => {
      const [row] = await tx
        .select({ state: exportsTable.state })
        .from(exportsTable)
        .where(eq(exportsTable.id, id))
        .for("update");
      if (row?.state === "done") return;
      await moveIntoPlace(written.path, exportPath(id));
      await tx
        .update(exportsTable)
        .set({
          state: "done",
          reason: null,
          done: sql`${exportsTable.total}`,
          sha256: written.sha256,
          bytes: written.bytes,
          finishedAt: sql`now()`,
        })
        .where(eq(exportsTable.id, id));
      await notifyLive(tx, { projectId: project.id, topic: "export", id });
    });
  } finally {
    await rm(written.path, { force: true });
  }
}

async function fail(db: Db, { id, project }: Asked, reason: string) {
  await db.transaction(async (tx) => {
    await tx
      .update(exportsTable)
      .set({ state: "failed", reason, finishedAt: sql`now()` })
      .where(and(eq(exportsTable.id, id), ne(exportsTable.state, "done")));
    await notifyLive(tx, { projectId: project.id, topic: "export", id });
  });
}

/** A sentence for what a person has to mend; null for everything that passes by itself. */
function reasonOf(cause: unknown): string | null {
  if (cause instanceof StorageFull)
    return "No space left on the server's disk; free some and export again.";
  if (!(cause instanceof Error) || !("syscall" in cause) || !("code" in cause)) return null;
  if (cause.code === "ENOENT")
    return "An image's file is missing from the store; restore it from a backup and export again.";
  if (cause.code === "EACCES" || cause.code === "EROFS")
    return "The server may not write its exports folder; let it and export again.";
  return null;
}
