import sharp from "sharp";
import { Refused } from "./refused";

/** RGB, row by row, three bytes a pixel. */
export type Picture = { pixels: Uint8Array; side: number };

/** Of what the decoder makes, three planes of about -1 to 1, as diffusers rounds it. */
export function pictureOf(planes: Float32Array): Picture {
  const size = planes.length / 3;
  const pixels = new Uint8Array(planes.length);
  planes.forEach((value, at) => {
    const level = Math.min(Math.max(Math.fround(value / 2 + 0.5), 0), 1);
    pixels[(at % size) * 3 + Math.floor(at / size)] = Math.round(level * 255);
  });
  return { pixels, side: Math.sqrt(size) };
}

/** Three planes of -1 to 1, as the networks that look at pictures take them. */
export function planesOf({ pixels }: Picture): Float32Array {
  const size = pixels.length / 3;
  const planes = new Float32Array(pixels.length);
  pixels.forEach((value, at) => {
    planes[(at % 3) * size + Math.floor(at / 3)] = value / 127.5 - 1;
  });
  return planes;
}

/** A wholly black picture is a broken one, and nothing to be rated: null. */
export async function pngOf({ pixels, side }: Picture): Promise<string | null> {
  if (pixels.every((value) => value === 0)) return null;
  const png = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 4, adaptiveFiltering: false })
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** What a data URL holds. */
export const bytesOf = (url: string): Buffer =>
  Buffer.from(url.slice(url.indexOf(",") + 1), "base64");

const MOST_PIXELS = 4096 * 4096;

/** A data URL's image at the side that a network looks at. @throws Refused when it cannot be read. */
export async function readPicture(url: string, where: string, side: number): Promise<Picture> {
  try {
    const opened = sharp(bytesOf(url), { limitInputPixels: MOST_PIXELS });
    const pixels = await opened
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .resize(side, side, { fit: "fill" })
      .removeAlpha()
      .raw()
      .toBuffer();
    return { pixels, side };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(`${where} cannot be read as a PNG, JPEG or WebP: ${why}`, { cause: error });
  }
}
