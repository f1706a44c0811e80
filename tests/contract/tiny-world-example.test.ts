import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { drawExample } from "@/gpu-bridge/local/engine/draw-example";
import { openTinyWorld } from "@/gpu-bridge/local/engine/tiny-world";
import { TINY_WORLD } from "../support/tiny-world";

const SHOWN = readFileSync("app/(lab)/_home/tiny-world.png");
const pixelsOf = (png: Buffer) => sharp(png).raw().toBuffer();

test("the home page shows what the committed weights draw: `npm run example` draws it anew", async () => {
  const shown = await pixelsOf(SHOWN);
  const drawn = await pixelsOf(await drawExample(TINY_WORLD));

  expect(drawn).toHaveLength(shown.length);
  const others = drawn.filter((value, at) => Math.abs(value - (shown[at] ?? 0)) > 1);
  // Other processors may round otherwise here and there.
  expect(others.length / drawn.length).toBeLessThan(0.001);
}, 120_000);

/** One of its pictures, 64 pixels a side and four apart. */
async function pictureAt(row: number, column: number): Promise<string> {
  const place = { left: 68 * column, top: 68 * row, width: 64, height: 64 };
  const png = await sharp(SHOWN).extract(place).png().toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

test("the oracle sees what the home page says of it: a cow at the farm, and below in the savanna", async () => {
  const { "/oracle": oracle } = await openTinyWorld(TINY_WORLD, 1);
  const places = [0, 1].flatMap((row) => [0, 1, 2, 3].map((column) => pictureAt(row, column)));
  const texts = ["cow", "farm", "savanna"];
  const asked = { images: await Promise.all(places), scores: [{ scorer: "oracle", texts }] };
  const { scores } = ScoreOutput.parse(await oracle.run(asked, AbortSignal.timeout(60_000)));
  const seen = scores[0]?.values.map((row) => texts.filter((_, at) => (row[at] ?? 0) >= 0.5));

  expect(seen).toEqual([...Array(4).fill(["cow", "farm"]), ...Array(4).fill(["cow", "savanna"])]);
}, 120_000);
