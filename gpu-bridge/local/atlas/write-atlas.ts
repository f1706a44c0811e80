import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readWorld } from "../read-world";
import { drawAtlas } from "./draw-atlas";

// Writes the tiles that the testbed composes its pictures from.
const FOLDER = join(import.meta.dirname, "../../testbed/atlas");

const { index, sheets } = await drawAtlas(readWorld());
mkdirSync(FOLDER, { recursive: true });
for (const [name, sheet] of Object.entries(sheets)) {
  const png = await sheet.png();
  writeFileSync(join(FOLDER, `${name}.png`), png);
  console.log(`${name}.png: ${sheet.tiles.length} tiles, ${Math.round(png.length / 1024)} KiB`);
}
writeFileSync(join(FOLDER, "index.json"), `${JSON.stringify(index)}\n`);
