import { noiseBlock, toUnit } from "../contract/philox";

/** What is decided by chance in an image. Every use has its own step, so that none shifts another. */
const STEPS = { outcome: 0, failure: 1, look: 2 } as const;
export type Draws = ReturnType<typeof drawsFor>;

/** Numbers in (0, 1) that the seed and the prompt alone decide. */
export function drawsFor(seed: number, prompt: string) {
  const stream = textHash(prompt);
  const at = (step: number, position: number) => {
    const block = noiseBlock(seed, step, position >>> 2, stream);
    return toUnit(block[position & 3] ?? 0);
  };
  let position = 0;
  return {
    outcome: () => at(STEPS.outcome, 0),
    failure: () => at(STEPS.failure, 0),
    next: () => at(STEPS.look, position++),
    between: (low: number, high: number) => low + (high - low) * at(STEPS.look, position++),
    pick: <T>(list: readonly T[]): T => {
      const chosen = list[Math.floor(at(STEPS.look, position++) * list.length)];
      if (chosen === undefined) throw new Error("Nothing to pick from");
      return chosen;
    },
  };
}

/** FNV-1a, 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
