import { SEEDS_PER_PROMPT, seedOf } from "./seeds";

export type SeedSetOf = { projectId: string; number: number; seeds: readonly number[] };

/**
 * The seeds of a set with spare ones in these rows. A spare seed is the set's own, behind those that it draws with:
 * every pair and every generator of the set that needs one for that row gets the same.
 */
export function withSpareSeeds(
  { projectId, number, seeds }: SeedSetOf,
  rows: ReadonlySet<number>,
): number[] {
  return seeds.map((seed, row) =>
    rows.has(row) ? seedOf(projectId, number, SEEDS_PER_PROMPT + row) : seed,
  );
}

/** From 0: where an image stands in its grid, `position` counted from 1. */
export const placeOf = (position: number, columns: number) => ({
  column: (position - 1) % columns,
  row: Math.floor((position - 1) / columns),
});

/** The same where a filter took the image of a row for the `before + 1`th time: never a seed that stands in for a broken one. */
export const spareForFiltered = (
  { projectId, number, seeds }: SeedSetOf,
  row: number,
  before: number,
): number => seedOf(projectId, number, seeds.length * (2 + before) + row);

/** Not so of the set that draws broken images again, where an image is known by its seed. */
export const hasOwnSeeds = ({ projectId, number, seeds }: SeedSetOf): boolean =>
  seeds.every((seed, row) => seed === seedOf(projectId, number, row));
