import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 2;

export type Picture = {
  width: number;
  height: number;
  /** 8 or 16. Incompressible noise of 16 bits makes 2048x2048 weigh 25 MB. */
  depth?: 8 | 16;
  /** Fills one line of raw samples. */
  paint: (row: Buffer, y: number) => void;
};

/** A PNG without a library, so that a fake shares no code with what it tests. */
export function makePng({ width, height, depth = 8, paint }: Picture): Buffer {
  const stride = width * 3 * (depth / 8) + 1;
  const raw = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) paint(raw.subarray(y * stride + 1, (y + 1) * stride), y);
  return assemble(width, height, depth, deflateSync(raw, { level: 1 }));
}

/** The right signature and header, and pixels that no decoder can read. */
export function makeCorruptPng(width: number, height: number): Buffer {
  return assemble(width, height, 8, Buffer.from("these are not deflated pixels"));
}

function assemble(width: number, height: number, depth: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, RGB, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
