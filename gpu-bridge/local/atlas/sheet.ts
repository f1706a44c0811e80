import { createHash } from "node:crypto";
import sharp from "sharp";
import { type Raster, TILE } from "./rasterise";

const COLUMNS = 24;
/** The number of an empty tile: nothing is stored for it. */
export const NOTHING = -1;

/** Tiles of one size, each stored once. */
export function makeSheet() {
  const tiles: Raster[] = [];
  const numbers = new Map<string, number>();
  const add = (raster: Raster): number => {
    if (!raster.data.some((value, at) => at % 4 === 3 && value > 0)) return NOTHING;
    const key = createHash("sha256").update(raster.data).digest("base64");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, tiles.length);
    return tiles.push(raster) - 1;
  };
  return { add, tiles, png: () => pngOf(tiles) };
}

function pngOf(tiles: readonly Raster[]): Promise<Buffer> {
  const rows = Math.max(1, Math.ceil(tiles.length / COLUMNS));
  const width = COLUMNS * TILE;
  const data = Buffer.alloc(width * rows * TILE * 4);
  for (const [index, tile] of tiles.entries()) {
    const left = (index % COLUMNS) * TILE;
    const top = Math.floor(index / COLUMNS) * TILE;
    for (let y = 0; y < TILE; y += 1) {
      const at = ((top + y) * width + left) * 4;
      tile.data.copy(data, at, y * TILE * 4, (y + 1) * TILE * 4);
    }
  }
  return sharp(data, { raw: { width, height: rows * TILE, channels: 4 } })
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toBuffer();
}
