import { downloadZip } from "client-zip";
import { decodeAs, decodeText, type Encoding } from "@/server/import/domain/decode-text";

/** What is to be sent: a text as UTF-8, an archive as it is, a folder as an archive. */
export type Source = { name: string; body: Blob };
export type Undecided = { name: string; bytes: Uint8Array };
export type ReadFile =
  | { source: Source; says: string }
  /** Its bytes do not tell their encoding; only a person can. */
  | { undecided: Undecided };

const ENCODING_WORDS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Latin-1 (Windows-1252)",
} as const satisfies Record<Encoding, string>;
const CLUTTER = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

export async function readFile(file: File): Promise<ReadFile> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (String.fromCharCode(...start) === "PK")
    return {
      source: { name: file.name, body: file },
      says: "An archive, looked into on the server",
    };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decoded = decodeText(bytes);
  if (!decoded) return { undecided: { name: file.name, bytes } };
  return { source: textSource(decoded.text, file.name), says: readAs(decoded.encoding) };
}

export function readLatin({ name, bytes }: Undecided): ReadFile {
  const decoded = decodeAs(bytes, "windows-1252");
  if (!decoded) return { undecided: { name, bytes } };
  return { source: textSource(decoded.text, name), says: readAs(decoded.encoding) };
}

const readAs = (encoding: Encoding) => `Read as ${ENCODING_WORDS[encoding]}`;

export const textSource = (text: string, name = "pasted"): Source => ({
  name,
  body: new Blob([text], { type: "text/plain" }),
});

/** A folder goes as one archive, packed here: the server checks it like any other. */
export async function readFolder(files: readonly File[]): Promise<ReadFile> {
  const kept = files.filter((file) => !CLUTTER.test(file.webkitRelativePath));
  const folder = kept[0]?.webkitRelativePath.split("/")[0] ?? "folder";
  const entries = kept.map((file) => ({
    name: file.webkitRelativePath,
    input: file,
    lastModified: new Date(file.lastModified),
  }));
  const body = await downloadZip(entries).blob();
  return { source: { name: folder, body }, says: `${kept.length} files of the folder ${folder}` };
}
