// Philox4x32-10 of Random123: a counter in, four numbers out, the same on every machine.
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

export type Block = readonly [number, number, number, number];

export function philox4x32(counter: Block, key: readonly [number, number]): Block {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highProduct(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = highProduct(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** Block `position` of `step` under `seed`: key (seed, stream), counter (position, 0, step, 0). */
export function noiseBlock(seed: number, step: number, position: number, stream = 0): Block {
  return philox4x32([position, 0, step, 0], [seed, stream]);
}

/** In (0, 1): never the ends, so that a logarithm is safe. */
export const toUnit = (word: number) => (word + 0.5) / 2 ** 32;

/** Four normal numbers of a block by Box-Muller: words 0 and 1 give the first two, 2 and 3 the others. */
export function toNormal([a, b, c, d]: Block): Block {
  return [...boxMuller(a, b), ...boxMuller(c, d)];
}

function boxMuller(first: number, second: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(toUnit(first)));
  const angle = 2 * Math.PI * toUnit(second);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** The upper 32 bits of a product of two 32-bit numbers, by halves: doubles hold 53 bits only. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) | 0;
}
