import { AppError } from "@/server/core/errors";
import { type StoredOriginal, storeOriginal } from "@/server/storage/store-original";
import type { Archive } from "./open-archive";

/** By path in the archive. */
export type StoredImages = ReadonlyMap<string, StoredOriginal>;

/** Stores the files first; their rows come with the import's transaction, or the sweep removes them. */
export async function storeImages(
  archive: Archive | null,
  files: readonly string[],
  onStored: (count: number) => Promise<void>,
): Promise<StoredImages> {
  const stored = new Map<string, StoredOriginal>();
  if (!archive) return stored;
  for (const file of files) {
    stored.set(file, await storeNamed(archive, file));
    await onStored(1);
  }
  return stored;
}

async function storeNamed(archive: Archive, file: string): Promise<StoredOriginal> {
  try {
    return await storeOriginal(archive.read(file));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError("INVALID", `Nothing was imported. ${file}: ${cause.message}`, { cause });
  }
}
