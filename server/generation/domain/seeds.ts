export const SEEDS_PER_PROMPT = 4;

/** FNV-1a over the text, then Murmur3's finaliser: a documented 32-bit mix that any language repeats. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Seed i of a seed set; below 2^31, and asking for more never changes the first ones. */
export function seedOf(projectId: string, setNumber: number, i: number): number {
  return hash32(`${projectId}/${setNumber}/${i}`) >>> 1;
}

export function seedsOf(projectId: string, setNumber: number, count = SEEDS_PER_PROMPT): number[] {
  return Array.from({ length: count }, (_, i) => seedOf(projectId, setNumber, i));
}
