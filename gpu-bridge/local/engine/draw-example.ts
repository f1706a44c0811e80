import sharp from "sharp";
import { FilteredOutput } from "../../contract/schemas";
import { bytesOf } from "./pictures";
import { openTinyWorld } from "./tiny-world";

const ASKED = {
  prompt: "a tea cup of iced coke",
  concepts: [{ text: "tea cup" }, { text: "iced coke" }],
  seeds: [1, 2, 3, 4],
  steps: 20,
  guidance_scale: 5,
  width: 64,
  height: 64,
};
/** Pixels between two pictures. */
const GAP = 4;

/** What the generator of a folder draws of one prompt at four seeds, side by side, as PNG. */
export async function drawExample(folder: string): Promise<Buffer> {
  const { "/plain": plain } = await openTinyWorld(folder, 1);
  const { images } = FilteredOutput.parse(await plain.run(ASKED, new AbortController().signal));
  const tiles = images.map((url) => {
    if (url === null) throw new Error("A picture came out wholly black: this generator is broken.");
    return bytesOf(url);
  });
  const { width, height } = ASKED;
  const strip = { width: tiles.length * (width + GAP) - GAP, height, channels: 4 as const };
  return sharp({ create: { ...strip, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite(tiles.map((input, at) => ({ input, left: at * (width + GAP), top: 0 })))
    .png({ compressionLevel: 9 })
    .toBuffer();
}
