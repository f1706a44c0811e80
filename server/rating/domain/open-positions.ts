export type RatedCell = { position: number; verdict: string | null };

/** Positions that still wait for a verdict, in reading order. */
export function openPositions(cells: readonly RatedCell[]): number[] {
  return cells
    .filter((cell) => cell.verdict === null)
    .map((cell) => cell.position)
    .sort((first, second) => first - second);
}

/** "Image 4 has no verdict yet." or "Images 4, 7 and 20 have no verdict yet." */
export function sayOpen(positions: readonly number[]): string {
  const last = positions.at(-1);
  if (positions.length === 1) return `Image ${last} has no verdict yet.`;
  return `Images ${positions.slice(0, -1).join(", ")} and ${last} have no verdict yet.`;
}
