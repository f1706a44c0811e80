import { basename } from "node:path";
import { AppError } from "@/server/core/errors";
import { decodeText } from "./domain/decode-text";
import type { ReadImport } from "./domain/import-item";
import { readManifestFile } from "./domain/read-manifest-file";
import type { Archive } from "./open-archive";
import { LARGEST_TEXT_BYTES } from "./schemas";

// Our own export first: its manifest.json lists files, not images.
const MANIFESTS = ["pairs.jsonl", "manifest.json", "manifest.jsonl", "manifest.csv"];
const CLUTTER = /^(__MACOSX\/|.*\/?(\.DS_Store|Thumbs\.db|desktop\.ini)$)/i;

/** What the manifest of an archive says of the images in it. @throws INVALID when there is none. */
export async function readArchive(archive: Archive): Promise<ReadImport> {
  const name = findManifest(archive.names);
  if (!name)
    throw new AppError(
      "INVALID",
      "The archive has no manifest.json, manifest.jsonl or manifest.csv that says what its images are.",
    );
  if (archive.bytesOf(name) > LARGEST_TEXT_BYTES)
    throw new AppError("INVALID", `${name} is larger than ${LARGEST_TEXT_BYTES / 1024 / 1024} MB.`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read(name)) chunks.push(chunk);
  const text = decodeText(Buffer.concat(chunks))?.text ?? null;
  if (text === null) throw new AppError("INVALID", `${name} is not a text in UTF-8 or UTF-16.`);
  return withFiles(readManifestFile(text), archive, name);
}

/** At the top, or in the one folder that was zipped or chosen. */
function findManifest(names: readonly string[]): string | undefined {
  const kept = names.filter((name) => !CLUTTER.test(name));
  const folder = oneFolder(kept);
  return MANIFESTS.map((name) => folder + name).find((name) => kept.includes(name));
}

function oneFolder(names: readonly string[]): string {
  const [first = ""] = names;
  const folder = first.slice(0, first.indexOf("/") + 1);
  return names.every((name) => name.startsWith(folder)) ? folder : "";
}

/** Names each image by its path in the archive, and says what is missing and what nobody asked for. */
function withFiles(read: ReadImport, archive: Archive, manifest: string): ReadImport {
  const folder = manifest.slice(0, manifest.lastIndexOf("/") + 1);
  const there = new Set(archive.names);
  const used = new Set<string>([manifest]);
  const items = read.items.map((item) => {
    const images = item.images.map((image) => ({ ...image, file: folder + image.file }));
    const faults = images.map(({ file }) => {
      const isTwice = used.has(file);
      used.add(file);
      if (!there.has(file)) return `There is no file ${file} in the archive`;
      return isTwice ? `${file} is named twice` : null;
    });
    const problem = item.problem ?? faults.find((fault) => fault !== null) ?? null;
    return { ...item, images, problem };
  });
  const others = archive.names.filter((name) => !used.has(name) && !CLUTTER.test(name));
  const [one] = others;
  const leftOut = one
    ? [
        `${others.length === 1 ? basename(one) : `${others.length} files`} that the manifest does not name`,
      ]
    : [];
  return { ...read, items, leftOut: [...read.leftOut, ...leftOut] };
}
