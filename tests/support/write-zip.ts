import { crc32, deflateRawSync } from "node:zlib";

/** A file in an archive; every field that a header holds may be made to lie. */
export type Packed = {
  name: string;
  content?: string | Uint8Array;
  deflate?: boolean;
  flags?: number;
  method?: number;
  /** Unix mode, for links. */
  mode?: number;
  /** What the directory says of the size. */
  claims?: { uncompressed?: number; compressed?: number; localName?: string; crc?: number };
  /** Points at the bytes of an earlier entry. */
  sharesWith?: number;
};

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8 = 0x800;

/** An archive byte by byte, so that it can be what no library would write. */
export function writeZip(files: readonly Packed[], claims: { entries?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const starts: number[] = [];
  let at = 0;
  for (const file of files) {
    const packed = packedOf(file);
    const start = file.sharesWith === undefined ? at : starts[file.sharesWith]!;
    starts.push(start);
    directory.push(centralHeader(file, packed, start));
    if (file.sharesWith !== undefined) continue;
    const local = localHeader(file, packed);
    parts.push(local, packed.bytes);
    at += local.length + packed.bytes.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([
    ...parts,
    central,
    endRecord(claims.entries ?? files.length, central.length, at),
  ]);
}

type Bytes = { bytes: Buffer; size: number; crc: number; method: number };

function packedOf({ content = "", deflate = false, method }: Packed): Bytes {
  const raw = Buffer.from(content);
  const bytes = deflate ? deflateRawSync(raw, { level: 9 }) : raw;
  return { bytes, size: raw.length, crc: crc32(raw), method: method ?? (deflate ? 8 : 0) };
}

/** The fields that both headers share, from the version on. */
function common({ name, flags = 0, claims = {} }: Packed, packed: Bytes, shownName = name): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(UTF8 | flags, 2);
  fields.writeUInt16LE(packed.method, 4);
  fields.writeUInt32LE(claims.crc ?? packed.crc, 10);
  fields.writeUInt32LE(claims.compressed ?? packed.bytes.length, 14);
  fields.writeUInt32LE(claims.uncompressed ?? packed.size, 18);
  fields.writeUInt16LE(Buffer.byteLength(shownName), 22);
  return fields;
}

function localHeader(file: Packed, packed: Bytes): Buffer {
  const name = file.claims?.localName ?? file.name;
  return Buffer.concat([number32(LOCAL), common(file, packed, name), Buffer.from(name)]);
}

function centralHeader(file: Packed, packed: Bytes, start: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((file.mode ?? 0) << 16) >>> 0, 6);
  tail.writeUInt32LE(start, 10);
  const madeByUnix = Buffer.from([20, 3]);
  return Buffer.concat([
    number32(CENTRAL),
    madeByUnix,
    common(file, packed),
    tail,
    Buffer.from(file.name),
  ]);
}

function endRecord(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(Math.min(entries, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries, 0xffff), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return entries > 0xffff ? Buffer.concat([endOf64(entries, size, offset), end]) : end;
}

/** The record of archives with more than 65,535 entries, and the pointer to it. */
function endOf64(entries: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
