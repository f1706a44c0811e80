import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { exportsTable, memberships, projects } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { isMissing } from "@/server/storage/blobs";
import type { ViewerContext } from "@/server/trpc/context";
import { archiveName } from "./domain/file-name";
import { exportPath } from "./export-path";

export type OpenedExport = {
  body: ReadableStream;
  name: string;
  bytes: number;
  sha256: string;
};

/** For owners and researchers of its project; to anyone else it does not exist. */
export async function openExport(
  { db, viewer }: ViewerContext,
  exportId: string,
): Promise<OpenedExport> {
  const notFound = new AppError("NOT_FOUND", "No such export");
  if (!z.uuid().safeParse(exportId).success) throw notFound;
  const [row] = await db
    .select({
      slug: projects.slug,
      createdAt: exportsTable.createdAt,
      sha256: exportsTable.sha256,
    })
    .from(exportsTable)
    .innerJoin(projects, eq(projects.id, exportsTable.projectId))
    .innerJoin(memberships, eq(memberships.projectId, exportsTable.projectId))
    .where(
      and(
        eq(exportsTable.id, exportId),
        eq(exportsTable.state, "done"),
        eq(memberships.accountId, viewer.accountId),
        inArray(memberships.role, ["owner", "researcher"]),
      ),
    );
  if (!row?.sha256) throw notFound;
  const path = exportPath(exportId);
  const bytes = await sizeOf(path);
  return {
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    name: archiveName(row.slug, row.createdAt),
    bytes,
    sha256: row.sha256,
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new AppError("NOT_FOUND", "The file of this export is gone; export again", { cause });
  }
}
