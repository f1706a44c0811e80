import { rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { AppError } from "@/server/core/errors";
import { checkPng, type Size } from "./check-png";
import { blobsFolder } from "./home";
import { moveIntoPlace, writeTemporary } from "./write-whole";

export const LARGEST_IMAGE_BYTES = 64 * 1024 * 1024;

/** An original, exactly as its generator made it, under the SHA-256 of its bytes. */
export function blobPath(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError("Not a SHA-256");
  return join(blobsFolder(), sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

export type Expected = { sha256: string; bytes: number; size: Size };

/** Stores the image once and only if it arrived whole, is what was announced and can be decoded. */
export async function storeImage(
  chunks: AsyncIterable<Uint8Array>,
  expected: Expected,
): Promise<void> {
  const written = await writeTemporary(blobsFolder(), chunks, LARGEST_IMAGE_BYTES);
  try {
    if (written.bytes !== expected.bytes || written.sha256 !== expected.sha256) {
      throw new AppError("CONFLICT", "The image did not arrive whole; send it again");
    }
    await checkPng(written.path, expected.size);
    if (await touchKnown(expected.sha256)) return;
    await moveIntoPlace(written.path, blobPath(expected.sha256));
  } finally {
    await rm(written.path, { force: true });
  }
}

/** A file sent again is young again, so that the sweep leaves it for the row about to come. */
export async function touchKnown(sha256: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(blobPath(sha256), now, now);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

/** Length and size of a stored original, null when there is none. */
export async function findBlob(sha256: string): Promise<(Size & { bytes: number }) | null> {
  try {
    const { size: bytes } = await stat(blobPath(sha256));
    const { width, height } = await sharp(blobPath(sha256)).metadata();
    return { bytes, width, height };
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

export const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ENOENT";
