import { readFileSync } from "node:fs";
import { z } from "zod";

const Place = z.object({
  type: z.enum(["float32", "uint8"]),
  shape: z.array(z.int()),
  offset: z.int(),
});
const Run = z.looseObject({
  name: z.string(),
  method: z.enum(["plain", "moce", "concept_diffusion"]),
  scheduler: z.enum(["ddim", "euler"]),
  parameters: z.record(z.string(), z.unknown()),
  timesteps: z.array(z.number()),
  images: z.array(z.looseObject({})).optional(),
});
const Index = z.looseObject({
  weights: z.record(z.string(), z.string()),
  prompt: z.string(),
  concepts: z.array(z.string()),
  seeds: z.array(z.int()),
  steps: z.int(),
  guidance_scale: z.number(),
  tokens: z.record(z.string(), z.array(z.int())),
  arrays: z.record(z.string(), Place),
  runs: z.array(Run),
});

/** What `teacup-testbed traces` wrote: an index, and raw numbers beside it. */
export function readTraces(folder: string) {
  const about = Index.parse(JSON.parse(readFileSync(`${folder}/index.json`, "utf8")));
  const numbers = new Uint8Array(readFileSync(`${folder}/numbers.bin`));
  const placeOf = (name: string) => {
    const place = about.arrays[name];
    if (!place) throw new Error(`${folder} has no ${name}`);
    return { ...place, size: place.shape.reduce((product, side) => product * side, 1) };
  };
  return {
    about,
    /** A float32 array cut along its first `dims` sides. */
    rows(name: string, dims: number): Float32Array[] {
      const { shape, offset, size } = placeOf(name);
      const all = new Float32Array(numbers.buffer, numbers.byteOffset + offset, size);
      const count = shape.slice(0, dims).reduce((product, side) => product * side, 1);
      const each = size / count;
      return Array.from({ length: count }, (_, at) => all.subarray(at * each, (at + 1) * each));
    },
    bytes(name: string): Uint8Array {
      const { offset, size } = placeOf(name);
      return numbers.subarray(offset, offset + size);
    },
  };
}
