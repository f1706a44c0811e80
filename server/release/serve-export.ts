import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { exportsTable, memberships, projects } from "@/db/schema";
import type { Viewer } from "@/server/auth/viewer";
import { isMissing } from "@/server/storage/blobs";
import { archiveName } from "./domain/file-name";
import { exportPath } from "./export-path";

// The same answer for what does not exist and what is not theirs.
const notFound = (text = "No such export") =>
  new Response(text, { status: 404, headers: { "cache-control": "no-store" } });

/** The archive, streamed, for owners and researchers of its project. */
export async function serveExport(
  { db, viewer }: { db: Db; viewer: Viewer | null },
  exportId: string,
): Promise<Response> {
  if (!viewer || !z.uuid().safeParse(exportId).success) return notFound();
  const found = await findExport(db, viewer.accountId, exportId);
  if (!found) return notFound();
  const path = exportPath(exportId);
  const bytes = await sizeOf(path);
  if (bytes === null) return notFound("The file of this export is gone; export again");
  const body = Readable.toWeb(createReadStream(path));
  return new Response(body as unknown as ReadableStream, {
    headers: {
      "cache-control": "private, no-store",
      "content-type": "application/zip",
      "content-length": String(bytes),
      "content-disposition": `attachment; filename="${archiveName(found.slug, found.createdAt)}"`,
      "x-content-type-options": "nosniff",
    },
  });
}

async function findExport(db: Db, accountId: string, exportId: string) {
  const [row] = await db
    .select({ slug: projects.slug, createdAt: exportsTable.createdAt })
    .from(exportsTable)
    .innerJoin(projects, eq(projects.id, exportsTable.projectId))
    .innerJoin(memberships, eq(memberships.projectId, exportsTable.projectId))
    .where(
      and(
        eq(exportsTable.id, exportId),
        eq(exportsTable.state, "done"),
        eq(memberships.accountId, accountId),
        inArray(memberships.role, ["owner", "researcher"]),
      ),
    );
  return row;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}
