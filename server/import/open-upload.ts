import { open, readFile } from "node:fs/promises";
import { AppError } from "@/server/core/errors";
import { isMissing } from "@/server/storage/blobs";
import { decodeText } from "./domain/decode-text";
import { type ReadImport, unreadable } from "./domain/import-item";
import { readImport } from "./domain/read-import";
import { importPath } from "./import-path";
import { type Archive, openArchive } from "./open-archive";
import { readArchive } from "./read-archive";
import type { ImportOptions } from "./schemas";

const ZIP_MAGIC = Buffer.from("PK\u0003\u0004", "latin1");
const EMPTY_ZIP_MAGIC = Buffer.from("PK\u0005\u0006", "latin1");
export type Upload = AsyncDisposable & { read: ReadImport; archive: Archive | null };

/** Reads what was brought in: a text of any format, or an archive with what its manifest says. */
export async function openUpload(
  { id, fileName }: { id: string; fileName: string },
  options: ImportOptions,
): Promise<Upload> {
  const path = importPath(id);
  if (!(await isZip(path))) return openText(path, fileName, options);
  const archive = await openArchive(path);
  try {
    const read = await readArchive(archive);
    return { read, archive, [Symbol.asyncDispose]: () => archive[Symbol.asyncDispose]() };
  } catch (cause) {
    await archive[Symbol.asyncDispose]();
    throw cause;
  }
}

export const looksLikeZip = (start: Uint8Array): boolean =>
  [ZIP_MAGIC, EMPTY_ZIP_MAGIC].some((magic) => magic.equals(start.subarray(0, magic.length)));

async function isZip(path: string): Promise<boolean> {
  try {
    await using file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return looksLikeZip(buffer.subarray(0, bytesRead));
  } catch (cause) {
    if (isMissing(cause))
      throw new AppError("EXPIRED", "This file is not here any more; choose it again.");
    throw cause;
  }
}

async function openText(path: string, fileName: string, options: ImportOptions): Promise<Upload> {
  const text = decodeText(await readFile(path))?.text ?? null;
  const read =
    text === null
      ? unreadable("table", { line: 1, reason: "This is not a text in UTF-8 or UTF-16" })
      : withoutFiles(readImport(text, { ...options, fileName }));
  return { read, archive: null, [Symbol.asyncDispose]: async () => undefined };
}

/** A text names images and cannot bring them. */
function withoutFiles(read: ReadImport): ReadImport {
  const count = read.items.reduce((sum, { images }) => sum + images.length, 0);
  if (count === 0) return read;
  if (read.format === "manifest")
    return unreadable("manifest", {
      line: 1,
      reason: "It names images: bring them with it, as a folder or a zip",
    });
  const leftOut = [...read.leftOut, `${count} images: bring the whole archive to have them too`];
  return { ...read, leftOut, items: read.items.map((item) => ({ ...item, images: [] })) };
}
