import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "@/server/storage/blobs";
import { exportsFolder } from "./export-path";

// One that is being written was touched a moment ago.
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** What a worker that was killed had written of an archive is no use to anyone. */
export async function removeAbandoned(): Promise<void> {
  const folder = join(exportsFolder(), "tmp");
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (await isAbandoned(path)) await rm(path, { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < Date.now() - ABANDONED_AFTER_MS;
  } catch (cause) {
    // Moved into place or removed by the worker that wrote it.
    if (isMissing(cause)) return false;
    throw cause;
  }
}
