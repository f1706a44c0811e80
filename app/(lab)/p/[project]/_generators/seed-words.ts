type Drawn = { seed: number; notes: { keepsSeeds: boolean } | null };

/** "seed 7"; what a model without seeds drew belongs to none. */
export const seedWords = ({ seed, notes }: Drawn): string =>
  notes?.keepsSeeds === false ? "a fresh draw" : `seed ${seed}`;

/** Whether two images of one place were drawn with the same seed: each of them took it. */
export const shareSeed = (cells: readonly (Drawn | undefined)[]): boolean =>
  cells.every((cell) => cell?.notes?.keepsSeeds !== false);
