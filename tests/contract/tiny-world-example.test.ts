import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawExample } from "@/gpu-bridge/local/engine/draw-example";
import { TINY_WORLD } from "../support/tiny-world";

const pixelsOf = (png: Buffer) => sharp(png).raw().toBuffer();

test("the home page shows what the committed weights draw: `npm run example` draws it anew", async () => {
  const shown = await pixelsOf(readFileSync("app/(lab)/_home/tiny-world.png"));
  const drawn = await pixelsOf(await drawExample(TINY_WORLD));

  expect(drawn).toHaveLength(shown.length);
  const others = drawn.filter((value, at) => Math.abs(value - (shown[at] ?? 0)) > 1);
  // Other processors may round otherwise here and there.
  expect(others.length / drawn.length).toBeLessThan(0.001);
});
