import { noiseBlock, toNormal } from "../../contract/philox";

/** The contract's initial noise of a seed, rounded to float32: `count` numbers, four a block. */
export function initialNoise(seed: number, count: number): Float32Array {
  const made = new Float32Array(count);
  for (let at = 0; at < count; at += 4) made.set(toNormal(noiseBlock(seed, 0, at / 4)), at);
  return made;
}
