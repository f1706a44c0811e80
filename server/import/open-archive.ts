import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { AppError } from "@/server/core/errors";
import { checkEntries, type EntryFacts, MOST_ENTRIES, tooMany } from "./domain/check-entries";

export type Archive = AsyncDisposable & {
  /** Paths of the files in it; folders are left out. */
  names: readonly string[];
  bytesOf: (name: string) => number;
  /** Streams one file, and fails where it is not what the directory says. */
  read: (name: string) => AsyncGenerator<Uint8Array>;
};

/** Opens a zip after its whole directory was found harmless. @throws INVALID with the reason. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await understood(() =>
    openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true }),
  );
  try {
    const entries = await understood(() => checkedEntries(zip));
    return archiveOf(zip, entries);
  } catch (cause) {
    zip.close();
    throw cause;
  }
}

function archiveOf(zip: ZipFile, entries: readonly Entry[]): Archive {
  const files = new Map(
    entries
      .filter(({ fileName }) => !fileName.endsWith("/"))
      .map((entry) => [entry.fileName, entry]),
  );
  const find = (name: string): Entry => {
    const entry = files.get(name);
    if (!entry) throw new AppError("INVALID", `There is no file ${name} in the archive`);
    return entry;
  };
  return {
    names: [...files.keys()],
    bytesOf: (name) => find(name).uncompressedSize,
    read: (name) => readEntry(zip, find(name)),
    [Symbol.asyncDispose]: async () => zip.close(),
  };
}

async function checkedEntries(zip: ZipFile): Promise<Entry[]> {
  // Declared, so that a million entries are refused before the first of them is read.
  if (zip.entryCount > MOST_ENTRIES) throw new AppError("INVALID", `${tooMany(zip.entryCount)}.`);
  const dataEnds = Number(zip.readEntryCursor);
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const facts: EntryFacts[] = [];
  for (const entry of entries) facts.push(await factsOf(zip, entry));
  const problem = checkEntries(facts, dataEnds);
  if (problem) throw new AppError("INVALID", `${problem}. Nothing was unpacked.`);
  return entries;
}

/** An entry is described twice; where the two differ, other programs would unpack something else. */
async function factsOf(zip: ZipFile, entry: Entry): Promise<EntryFacts> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  const isSame =
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    local.generalPurposeBitFlag === entry.generalPurposeBitFlag;
  if (!isSame || !agreesInSize(entry, local))
    throw new AppError("INVALID", "The archive says two things of one of its files.");
  return {
    name: entry.fileName,
    compressed: entry.compressedSize,
    uncompressed: entry.uncompressedSize,
    method: entry.compressionMethod,
    flags: entry.generalPurposeBitFlag,
    mode: entry.externalFileAttributes >>> 16,
    start: entry.relativeOffsetOfLocalHeader,
    end: local.fileDataStart + entry.compressedSize,
  };
}

const SIZES_FOLLOW = 0x8;
const IN_ZIP64 = 0xffffffff;

function agreesInSize(
  entry: Entry,
  local: { generalPurposeBitFlag: number; compressedSize: number; uncompressedSize: number },
): boolean {
  if (local.generalPurposeBitFlag & SIZES_FOLLOW) return true;
  const agrees = (here: number, there: number) => here === there || here === IN_ZIP64;
  return (
    agrees(local.compressedSize, entry.compressedSize) &&
    agrees(local.uncompressedSize, entry.uncompressedSize)
  );
}

async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  const stream = await understood(() => zip.openReadStreamPromise(entry));
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    throw readable(cause);
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw new AppError("INVALID", `${entry.fileName} is damaged.`);
}

async function understood<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw readable(cause);
  }
}

/** What the reader finds wrong is about the file; what the disk says is not. */
function readable(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof AppError || "syscall" in cause) return cause;
  const says = cause.message.startsWith("End of central directory")
    ? "it is no zip archive, or its end is missing. Choose the file again, or pack it anew"
    : cause.message.replace(/\.$/, "");
  return new AppError("INVALID", `This archive cannot be read: ${says}.`, { cause });
}
