/** What an archive's directory says of one file in it. */
export type EntryFacts = {
  name: string;
  compressed: number;
  uncompressed: number;
  method: number;
  flags: number;
  /** Unix mode; 0 where the archive was not made on Unix. */
  mode: number;
  /** Where its header begins and its bytes end. */
  start: number;
  end: number;
};

const MIB = 1024 * 1024;
// Ten thousand full grids. Each entry holds less than 1.5 KB while the archive is open.
export const MOST_ENTRIES = 200_000;
const LARGEST_ENTRY = 512 * MIB;
const LARGEST_TOTAL = 8 * 1024 * MIB;
// Images hardly shrink and a manifest shrinks by twenty or so.
const MOST_RATIO = 200;
const RATIO_FROM = MIB;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x1 | 0x40 | 0x2000;
const FILE_TYPE = 0o170000;
const PLAIN_TYPES = [0, 0o100000, 0o040000];
const ARCHIVES = /\.(zip|jar|7z|rar|tar|t?gz|t?bz2|t?xz|zst|lz4|cab|iso)$/i;

/** Why an archive is refused, by its directory alone: nothing is unpacked to find out. Null when it may be opened. */
export function checkEntries(entries: readonly EntryFacts[], dataEnds: number): string | null {
  if (entries.length > MOST_ENTRIES) return tooMany(entries.length);
  for (const entry of entries) {
    const problem = nameProblem(entry.name) ?? kindProblem(entry) ?? sizeProblem(entry);
    if (problem) return `${shown(entry.name)} ${problem}`;
  }
  const total = entries.reduce((sum, entry) => sum + entry.uncompressed, 0);
  if (total > LARGEST_TOTAL) return `It would unpack to more than ${LARGEST_TOTAL / 1024 / MIB} GB`;
  return repeatedName(entries) ?? overlap(entries, dataEnds);
}

export const tooMany = (count: number): string =>
  `It has ${count} entries; ${MOST_ENTRIES} are the most`;

function nameProblem(name: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return "has a control character in its name";
  if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(name))
    return "has a mark in its name that turns the direction of reading";
  if (name.includes("\\")) return "has a backslash in its name";
  if (/^(\/|[a-z]:)/i.test(name)) return "has an absolute path";
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.includes("..")) return "leads out of its folder";
  if (parts.some((part) => part === "" || part === ".")) return "has an empty part in its path";
  return name.length > 500 ? "has too long a name" : null;
}

function kindProblem({ name, mode, flags, method }: EntryFacts): string | null {
  if (!PLAIN_TYPES.includes(mode & FILE_TYPE)) return "is a link or a device, not a file";
  if (flags & ENCRYPTED) return "is encrypted";
  if (method !== STORED && method !== DEFLATED) return "is packed in a way that is not known here";
  return ARCHIVES.test(name) ? "is an archive within the archive" : null;
}

function sizeProblem({ compressed, uncompressed }: EntryFacts): string | null {
  if (uncompressed > LARGEST_ENTRY) return `is larger than ${LARGEST_ENTRY / MIB} MB`;
  if (uncompressed > RATIO_FROM && uncompressed > compressed * MOST_RATIO)
    return "unpacks to far more than its size: this is how an archive bomb looks";
  return null;
}

/** Also two that differ by case or by how an accent is written: on some disks they are one. */
function repeatedName(entries: readonly EntryFacts[]): string | null {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const key = name.replace(/\/$/, "").normalize("NFC").toLowerCase();
    if (seen.has(key)) return `${shown(name)} is in it twice`;
    seen.add(key);
  }
  return null;
}

function overlap(entries: readonly EntryFacts[], dataEnds: number): string | null {
  let before = 0;
  for (const entry of entries.toSorted((one, other) => one.start - other.start)) {
    if (entry.start < before || entry.end > dataEnds)
      return `${shown(entry.name)} shares its bytes with another entry`;
    before = entry.end;
  }
  return null;
}

/** A name as it may be shown: what hides in it is spelled out. */
const shown = (name: string): string =>
  `“${name
    .slice(0, 80)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "�")}”`;
