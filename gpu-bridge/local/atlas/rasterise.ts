import sharp from "sharp";
import { SHARED_PAINTS } from "../draw/svg";

/** Units of the 512-unit canvas that a tile shows beyond each edge, so that moving it shows no border. */
export const MARGIN = 64;
export const TILE = 96;

export type Raster = { readonly data: Buffer; readonly size: number };

/** One fragment as RGBA pixels of a tile; it may use the paints that its `neighbour` layer defines. */
export async function rasterise(svg: string, neighbour = ""): Promise<Raster> {
  if (svg === "") return { data: Buffer.alloc(TILE * TILE * 4), size: TILE };
  return rasteriseAt(svg, neighbour, TILE, MARGIN);
}

/** The canvas itself at one pixel a unit: for measuring. */
export const rasteriseFully = (svg: string) => rasteriseAt(svg, "", 512, 0);

async function rasteriseAt(svg: string, neighbour: string, size: number, margin: number) {
  const paints = (neighbour.match(/<defs>.*?<\/defs>/gs) ?? []).join("");
  const side = 512 + 2 * margin;
  // Drawn finely and made smaller, since the rasteriser's own edges are hard at this size.
  const fine = size < 256 ? size * 4 : size;
  const document = `<svg xmlns="http://www.w3.org/2000/svg" width="${fine}" height="${fine}" viewBox="${-margin} ${-margin} ${side} ${side}">${SHARED_PAINTS}${paints}${svg}</svg>`;
  const image = sharp(Buffer.from(document)).ensureAlpha();
  const sized = fine === size ? image : image.resize(size, size, { kernel: "linear" });
  return { data: await sized.raw().toBuffer(), size };
}

/** Where a raster is more than half opaque, in its own pixels; null where it is empty. */
export function boxOf({ data, size }: Raster) {
  let [left, top, right, bottom] = [size, size, -1, -1];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if ((data[(y * size + x) * 4 + 3] ?? 0) < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, right: right + 1, bottom: bottom + 1 };
}
