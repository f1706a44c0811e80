import { opendir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "./blobs";
import { blobsFolder, renditionsFolder } from "./home";

const OLD_MS = 60 * 60 * 1000;
const AT_ONCE = 500;

/** Asks which of the names have a row. */
export type FindKnown = (names: readonly string[]) => Promise<readonly string[]>;
type Named = { path: string; name: string };

export async function removeUnknownBlobs(findKnown: FindKnown, signal: AbortSignal) {
  await removeUnknown(blobsFolder(), /^([0-9a-f]{64})$/, findKnown, signal);
}

export async function removeUnknownRenditions(findKnown: FindKnown, signal: AbortSignal) {
  await removeUnknown(renditionsFolder(), /^(.{36})-\w+\.webp$/, findKnown, signal);
}

async function removeUnknown(
  folder: string,
  pattern: RegExp,
  findKnown: FindKnown,
  signal: AbortSignal,
) {
  let group: Named[] = [];
  for await (const path of oldFiles(folder)) {
    signal.throwIfAborted();
    const name = pattern.exec(path.slice(path.lastIndexOf("/") + 1))?.[1];
    // No row ever names what lies in tmp: an upload that was cut off.
    if (!name) await rm(path, { force: true });
    else group.push({ path, name });
    if (group.length < AT_ONCE) continue;
    await removeGroup(group, findKnown);
    group = [];
  }
  await removeGroup(group, findKnown);
}

async function removeGroup(group: readonly Named[], findKnown: FindKnown) {
  if (group.length === 0) return;
  const known = new Set(await findKnown(group.map((file) => file.name)));
  for (const { path, name } of group) {
    // Sent again meanwhile: its row may be about to come.
    if (!known.has(name) && (await isOld(path))) await rm(path, { force: true });
  }
}

async function* oldFiles(folder: string): AsyncGenerator<string> {
  try {
    const entries = await opendir(folder, { recursive: true });
    for await (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && (await isOld(path))) yield path;
    }
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
  }
}

async function isOld(path: string): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < Date.now() - OLD_MS;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}
