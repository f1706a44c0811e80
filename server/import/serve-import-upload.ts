import { z } from "zod";
import type { Db } from "@/db/client";
import { findMember } from "@/server/auth/find-member";
import type { Viewer } from "@/server/auth/viewer";
import { AppError } from "@/server/core/errors";
import { bodyOf } from "@/server/storage/body-of";
import { StorageFull } from "@/server/storage/storage-full";
import { receiveImport } from "./receive-import";
import { LARGEST_ARCHIVE_BYTES } from "./schemas";

const Asked = z.object({
  project: z.string().max(100),
  name: z.string().trim().min(1).max(300),
});

const refuse = (status: number, message: string) =>
  Response.json({ message }, { status, headers: { "cache-control": "no-store" } });

/** `POST` of one file that a researcher wants to look at and perhaps import. */
export async function serveImportUpload(
  { db, viewer }: { db: Db; viewer: Viewer | null },
  request: Request,
): Promise<Response> {
  if (!viewer) return refuse(401, "Please sign in");
  const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return refuse(400, "Name the project and the file");
  const member = await findMember(db, viewer.accountId, asked.data.project);
  if (!member) return refuse(404, "No such project");
  if (member.role === "expert") return refuse(403, "Your role in this project does not allow this");
  const length = request.headers.get("content-length");
  if (length === null || !/^\d+$/.test(length)) return refuse(411, "Say how long the file is");
  if (Number(length) > LARGEST_ARCHIVE_BYTES)
    return refuse(413, `A file may have at most ${LARGEST_ARCHIVE_BYTES / 2 ** 30} GB`);
  try {
    const fileName = asked.data.name;
    const made = await receiveImport({ db, viewer, member }, { fileName, chunks: bodyOf(request) });
    return Response.json(made, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof AppError) return refuse(422, error.message);
    if (error instanceof StorageFull) return refuse(507, error.message);
    throw error;
  }
}
