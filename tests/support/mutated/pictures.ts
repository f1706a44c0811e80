import sharp from "sharp";
import { makeCorruptPng } from "@/tests/support/make-png";
import { type Asked, asDataUrl, below, changed, type Draw, type Mutation, pngOf } from "./mutation";

const SIDE = 64;
const blank = sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: "#888" } });
const [JPEG, WEBP, GIF, TIFF] = await Promise.all([
  blank.clone().jpeg().toBuffer(),
  blank.clone().webp().toBuffer(),
  blank.clone().gif().toBuffer(),
  blank.clone().tiff().toBuffer(),
]);
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>');
const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");

type Spoil = (good: Buffer, draw: Draw, asked: Asked) => Buffer | string | number | null;

// The sum of a chunk's bytes stands behind them: a flipped bit is seen wherever it is.
const IDAT = 33;

const SPOILS: Record<string, Spoil> = {
  empty: () => Buffer.alloc(0),
  "no data URL": (good) => good.toString("base64"),
  "another kind of data URL": (good) => `data:image/jpeg;base64,${good.toString("base64")}`,
  "an address": () => "http://127.0.0.1:1/image.png",
  "no text": () => null,
  "a number": () => 7,
  "cut off": (good, draw) => good.subarray(0, 1 + below(draw, good.length - 13)),
  "base64 cut off": (good, draw) => {
    const url = asDataUrl(good);
    return url.slice(0, url.length - 17 - below(draw, url.length - 60));
  },
  "a bit flipped": (good, draw) => flipped(good, IDAT + 4 + below(draw, good.length - IDAT - 20)),
  "a signature flipped": (good, draw) => flipped(good, below(draw, 8)),
  "pixels that are none": () => makeCorruptPng(SIDE, SIDE),
  "a JPEG": () => JPEG,
  "a WebP": () => WEBP,
  "a GIF": () => GIF,
  "a TIFF": () => TIFF,
  "an SVG": () => SVG,
  "a page": () => HTML,
  "NaN in base64": () => Buffer.from("NaN"),
  "too wide": (_good, draw, { width, height }) => pngOf(1, width + 1 + below(draw, 64), height),
  "too small": (_good, draw, { width, height }) => pngOf(1, width, 1 + below(draw, height - 1)),
  "no pixel": (good) => sized(good, 0, 0),
  "a bomb's header": (good, draw) => sized(good, 30_000 + below(draw, 1e6), 30_000),
  "a header that lies": (_good, draw, { width, height }) =>
    sized(pngOf(1, width, 1 + below(draw, height - 1)), width, height),
};

const spoilt = Object.entries(SPOILS).map(
  ([name, spoil]) =>
    (draw: Draw): Mutation =>
      changed(`an image is ${name}`, ({ output }, asked) => {
        const at = below(draw, output.images.length);
        const bad = spoil(pngOf(at, asked.width, asked.height), draw, asked);
        output.images[at] = Buffer.isBuffer(bad) ? asDataUrl(bad) : bad;
      }),
);

export const PICTURES: ((draw: Draw) => Mutation)[] = [
  ...spoilt,
  (draw) =>
    changed("an image too few", ({ output }) => {
      output.images.splice(below(draw, output.images.length), 1);
    }),
  (draw) =>
    changed("images too many", ({ output }) => {
      const more = Array(1 + below(draw, 30)).fill(output.images[0]);
      output.images.push(...more);
    }),
];

function flipped(good: Buffer, at: number): Buffer {
  const bad = Buffer.from(good);
  bad[at] = (bad[at] as number) ^ 1;
  return bad;
}

/** The same file with other numbers in its header. */
function sized(good: Buffer, width: number, height: number): Buffer {
  const bad = Buffer.from(good);
  bad.writeUInt32BE(width, 16);
  bad.writeUInt32BE(height, 20);
  return bad;
}
