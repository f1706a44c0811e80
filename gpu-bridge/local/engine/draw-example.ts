import sharp from "sharp";
import { FilteredOutput } from "../../contract/schemas";
import { bytesOf } from "./pictures";
import { openTinyWorld, type TinyWorld } from "./tiny-world";

const ASKED = {
  prompt: "a cow in the savanna",
  concepts: [{ text: "savanna" }, { text: "cow" }],
  seeds: [1, 2, 3, 4],
  steps: 20,
  guidance_scale: 5,
  width: 64,
  height: 64,
};
/** Pixels between two pictures. */
const GAP = 4;

/** What a folder's generator draws of one prompt at four seeds, and below it with MoCE, as PNG. */
export async function drawExample(folder: string): Promise<Buffer> {
  const { "/plain": plain, "/moce": moce } = await openTinyWorld(folder, 1);
  const rows = [await draw(plain), await draw(moce)];
  const { width, height } = ASKED;
  const size = {
    width: ASKED.seeds.length * (width + GAP) - GAP,
    height: rows.length * (height + GAP) - GAP,
  };
  const placed = rows.flatMap((tiles, row) =>
    tiles.map((input, at) => ({ input, left: at * (width + GAP), top: row * (height + GAP) })),
  );
  return sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite(placed)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function draw(generator: TinyWorld["/plain"]): Promise<Buffer[]> {
  const { images } = FilteredOutput.parse(await generator.run(ASKED, new AbortController().signal));
  return images.map((url) => {
    if (url === null) throw new Error("A picture came out wholly black: this generator is broken.");
    return bytesOf(url);
  });
}
