import { expect, test } from "vitest";
import golden from "@/gpu-bridge/contract/golden/noise.json";
import { noiseBlock, philox4x32, toNormal, toUnit } from "@/gpu-bridge/contract/philox";

const words = (line: string) => line.split(" ").map((word) => Number.parseInt(word, 16));

test.each(golden.random123)(
  "Philox gives Random123's published answer for counter $counter",
  (known) => {
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = words(known.counter);
    const [k0 = 0, k1 = 0] = words(known.key);

    expect(philox4x32([c0, c1, c2, c3], [k0, k1])).toEqual(words(known.answer));
  },
);

test.each(golden.noise)(
  "noise of seed $seed, step $step, position $position is the golden one",
  (known) => {
    const block = noiseBlock(known.seed, known.step, known.position);

    expect(block).toEqual(known.words);
    block.map(toUnit).forEach((unit, i) => {
      expect(unit).toBeCloseTo(known.uniform[i] ?? Number.NaN, 12);
    });
    toNormal(block).forEach((normal, i) => {
      expect(normal).toBeCloseTo(known.normal[i] ?? Number.NaN, 12);
    });
  },
);

test.each(golden.latents)(
  "the latents of seed $seed at step $step are the golden ones once they are rounded to float32",
  ({ seed, step, float32 }) => {
    const made = float32.map((_, i) => toNormal(noiseBlock(seed, step, i >> 2))[i & 3] ?? 0);

    expect(made.map(Math.fround)).toEqual(float32);
  },
);
