import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawExample } from "./draw-example";

// Writes what the home page shows of Tiny World. New weights draw other pictures: a test holds both together.
const file = join(import.meta.dirname, "../../../app/(lab)/_home/tiny-world.png");
const png = await drawExample(join(import.meta.dirname, "../../testbed/tiny-world"));
writeFileSync(file, png);
console.log(`tiny-world.png: ${Math.round(png.length / 1024)} KiB`);
