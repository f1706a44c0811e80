import { open, rm } from "node:fs/promises";
import sharp from "sharp";
import { AppError } from "@/server/core/errors";
import { blobPath, LARGEST_IMAGE_BYTES, touchKnown } from "./blobs";
import { blobsFolder } from "./home";
import { moveIntoPlace, writeTemporary } from "./write-whole";

export type StoredOriginal = {
  sha256: string;
  bytes: number;
  mime: string;
  width: number;
  height: number;
};

// 6000 x 6000, well above what generators make; a decoded one is 144 MB.
const MOST_PIXELS = 36_000_000;
const MAGIC = [
  {
    mime: "image/png",
    format: "png",
    at: 0,
    bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  { mime: "image/jpeg", format: "jpeg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { mime: "image/webp", format: "webp", at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
] as const;

/** Stores an image that was made elsewhere, byte for byte, if it is a PNG, JPEG or WebP that can be decoded. */
export async function storeOriginal(chunks: AsyncIterable<Uint8Array>): Promise<StoredOriginal> {
  const written = await writeTemporary(blobsFolder(), chunks, LARGEST_IMAGE_BYTES);
  try {
    const { sha256, bytes, path } = written;
    const { mime, format } = await kindOf(path);
    const size = await decode(path, format);
    if (!(await touchKnown(sha256))) await moveIntoPlace(path, blobPath(sha256));
    return { sha256, bytes, mime, ...size };
  } finally {
    await rm(written.path, { force: true });
  }
}

/** By the bytes; a name or a header's word is anybody's. */
async function kindOf(path: string): Promise<(typeof MAGIC)[number]> {
  await using file = await open(path, "r");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
  if (bytesRead === 0) throw new AppError("INVALID", "The image is empty");
  const kind = MAGIC.find(({ at, bytes }) =>
    buffer.subarray(at, at + bytes.length).equals(Buffer.from(bytes)),
  );
  if (!kind) throw new AppError("INVALID", "It is no PNG, JPEG or WebP");
  return kind;
}

async function decode(path: string, expected: string): Promise<{ width: number; height: number }> {
  const input = { failOn: "error", limitInputPixels: MOST_PIXELS, sequentialRead: true } as const;
  try {
    const { width, height, format, pages = 1 } = await sharp(path, input).metadata();
    if (format !== expected) throw new Error(`Decoded as ${format}`);
    if (pages > 1) throw new AppError("INVALID", "It moves; only still images can be rated");
    await sharp(path, input).raw().toBuffer();
    return { width, height };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("INVALID", "The image cannot be decoded, or has too many pixels", { cause });
  }
}
