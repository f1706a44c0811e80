import { open } from "node:fs/promises";
import sharp from "sharp";
import { AppError } from "@/server/core/errors";

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export type Size = { width: number; height: number };

/** Decodes every pixel: a header that promises an image is not yet an image. */
export async function checkPng(path: string, asked: Size): Promise<void> {
  await refuseOtherFiles(path);
  const size = await decode(path, asked);
  if (size.width !== asked.width || size.height !== asked.height) {
    throw new AppError(
      "INVALID",
      `Asked for ${asked.width}x${asked.height}, got ${size.width}x${size.height}`,
    );
  }
}

async function refuseOtherFiles(path: string) {
  await using file = await open(path, "r");
  const start = Buffer.alloc(PNG_MAGIC.length);
  const { bytesRead } = await file.read(start, 0, start.length, 0);
  if (bytesRead === 0) throw new AppError("INVALID", "The image is empty");
  if (!start.equals(PNG_MAGIC)) throw new AppError("INVALID", "The image is not a PNG");
}

async function decode(path: string, asked: Size): Promise<Size> {
  try {
    const image = sharp(path, {
      failOn: "warning",
      // Twice what was asked: enough to name a wrong size, too little to fill the memory.
      limitInputPixels: Math.max(4 * asked.width * asked.height, 1 << 20),
      sequentialRead: true,
    });
    const { width, height } = await image.metadata();
    await image.raw().toBuffer();
    return { width, height };
  } catch (cause) {
    throw new AppError("INVALID", "The image cannot be decoded", { cause });
  }
}
