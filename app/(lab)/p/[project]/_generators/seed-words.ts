type Drawn = { seed: number; notes: { keepsSeeds: boolean } | null };

/** "seed 7"; what a model without seeds drew belongs to none. */
export const seedWords = ({ seed, notes }: Drawn): string =>
  notes?.keepsSeeds === false ? "a fresh draw" : `seed ${seed}`;

type Cells = readonly (Drawn | undefined)[];

/** Whether all of these images were drawn with a seed. */
export const takeSeeds = (cells: Cells): boolean =>
  cells.every((cell) => cell?.notes?.keepsSeeds !== false);

/** Whether it was the same one: a spare seed stands in where a filter, or a broken file, took an image. */
export const shareSeed = (cells: Cells): boolean =>
  takeSeeds(cells) && new Set(cells.flatMap((cell) => cell?.seed ?? [])).size < 2;
