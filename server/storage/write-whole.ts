import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "@/server/core/errors";
import { StorageFull } from "./storage-full";

export type Written = { path: string; sha256: string; bytes: number };

/** Streams into a temporary file beside its later place; the caller moves or discards it. */
export async function writeTemporary(
  folder: string,
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Written> {
  const path = join(folder, "tmp", randomUUID());
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await mkdir(dirname(path), { recursive: true });
    await using file = await open(path, "wx");
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) throw new AppError("INVALID", `More than ${limitBytes} bytes.`);
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.sync();
  } catch (cause) {
    await rm(path, { force: true });
    throw StorageFull.from(cause);
  }
  return { path, sha256: hash.digest("hex"), bytes };
}

async function writeAll(file: FileHandle, chunk: Uint8Array) {
  let offset = 0;
  while (offset < chunk.byteLength) {
    const { bytesWritten } = await file.write(chunk, offset);
    offset += bytesWritten;
  }
}

/** After this returns the file survives a power cut under its final name. */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    const made = await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await syncFolders(dirname(to), made ? dirname(made) : dirname(to));
  } catch (cause) {
    await rm(from, { force: true });
    throw StorageFull.from(cause);
  }
}

/** A folder that was just made is itself an entry of the one above it. */
async function syncFolders(from: string, upTo: string) {
  for (let path = from; ; path = dirname(path)) {
    await using folder = await open(path, "r");
    await folder.sync();
    if (path === upTo || path === dirname(path)) return;
  }
}
