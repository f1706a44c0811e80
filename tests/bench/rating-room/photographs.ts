import sharp from "sharp";
import { sha256 } from "@/server/core/secret";
import { seededDraws } from "@/server/mining/domain/random";
import type { Picture } from "@/tests/support/make/grid";

const SIDE = 1024;
const COARSEST = 4;
const FINEST = 512;
const COARSE = 64;
// Detail falls with its fineness as in photographs; the grain on top makes a PNG of about 1.9 MB.
const FALL = 0.75;
const CONTRAST = 90;
const GRAIN = 10;
const COLOUR_GRAIN = 8;

/** PNGs that weigh and compress as photographs of 1024 x 1024 do, the same at every call. */
export async function makePhotographs(count: number): Promise<Picture[]> {
  const made: Picture[] = [];
  for (let seed = 1; seed <= count; seed += 1) made.push(await makePhotograph(seed));
  return made;
}

async function makePhotograph(seed: number): Promise<Picture> {
  const random = seededDraws(seed);
  const light = await layers(random, 1, FINEST);
  const tint = await layers(random, 3, COARSE);
  const pixels = Buffer.alloc(SIDE * SIDE * 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const grey = 128 + (light[at / 3] ?? 0) + (random() - 0.5) * GRAIN;
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[at + channel] = clamp(
        grey + (tint[at + channel] ?? 0) + (random() - 0.5) * COLOUR_GRAIN,
      );
    }
  }
  const png = await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png({ adaptiveFiltering: true })
    .toBuffer();
  return { png, sha256: sha256(png), side: SIDE };
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** Noise of every fineness up to one, each weaker than the coarser one before. */
async function layers(random: () => number, channels: 1 | 3, finest: number) {
  const sum = new Float32Array(SIDE * SIDE * channels);
  for (let side = COARSEST; side <= finest; side *= 2) {
    const layer = await enlarge(noise(side * side * channels, random), side, channels);
    const strength = CONTRAST * (COARSEST / side) ** FALL;
    for (let at = 0; at < sum.length; at += 1) {
      sum[at] = (sum[at] ?? 0) + ((layer[at] ?? 128) / 128 - 1) * strength;
    }
  }
  return sum;
}

const enlarge = (pixels: Buffer, side: number, channels: 1 | 3) =>
  sharp(pixels, { raw: { width: side, height: side, channels } })
    .resize(SIDE, SIDE, { kernel: "cubic" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer();

function noise(samples: number, random: () => number): Buffer {
  const pixels = Buffer.alloc(samples);
  for (let at = 0; at < samples; at += 1) pixels[at] = random() * 256;
  return pixels;
}
