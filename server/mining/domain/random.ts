/** FNV-1a: equal on every machine, so a seed written once means the same for ever. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  return hash >>> 0;
}

/** Mulberry32: the draws of one seed, each in [0, 1). */
export function seededDraws(seed: number): () => number {
  // Kept as a signed 32-bit integer, which engines hold without boxing it.
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
