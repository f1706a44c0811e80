/** Drawn right at least every second time. */
export const LEVELS_FINE: readonly number[] = [1, 2];
/** Screening stops at the first correct image; one that comes this early says the same, without a Level. */
export const FINE_WITHIN_IMAGES = 4;

/** Whether a pair's Level of record tells a proposer that it was wrong about it; `level` is null when censored. */
export function isDrawnWell({ level, rated }: { level: number | null; rated: number }): boolean {
  return level === null ? rated <= FINE_WITHIN_IMAGES : LEVELS_FINE.includes(level);
}
