import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { blobPath, isMissing } from "./blobs";
import { renditionsFolder } from "./home";
import { moveIntoPlace, writeTemporary } from "./write-whole";

export const RENDITION_WIDTHS = [160, 320, 640, "full"] as const;
export type RenditionWidth = (typeof RENDITION_WIDTHS)[number];

const QUALITY = 90;
// Half the time of the default for files a few percent larger.
const EFFORT = 2;
const LARGEST_RENDITION_BYTES = 64 * 1024 * 1024;

/** What raters see: WebP without metadata, named after the image and not after its bytes. */
export async function readRendition(
  image: { id: string; sha256: string },
  width: RenditionWidth,
): Promise<Buffer> {
  try {
    return await readFile(renditionPath(image.id, width));
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    return makeRendition(image, width);
  }
}

/** Safe to run twice: the same bytes replace the file under its final name. */
export async function makeRendition(
  image: { id: string; sha256: string },
  width: RenditionWidth,
): Promise<Buffer> {
  const original = sharp(blobPath(image.sha256));
  const sized = width === "full" ? original : original.resize({ width, withoutEnlargement: true });
  const webp = await sized.webp({ quality: QUALITY, effort: EFFORT }).toBuffer();
  const { path } = await writeTemporary(renditionsFolder(), once(webp), LARGEST_RENDITION_BYTES);
  await moveIntoPlace(path, renditionPath(image.id, width));
  return webp;
}

export async function hasRendition(imageId: string, width: RenditionWidth): Promise<boolean> {
  try {
    await using _file = await open(renditionPath(imageId, width), "r");
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

const renditionPath = (imageId: string, width: RenditionWidth) =>
  join(renditionsFolder(), imageId.slice(-2), `${imageId}-${width}.webp`);

async function* once(data: Uint8Array) {
  yield data;
}
