import type { Level } from "@/server/rating/domain/level";

export const LEVELS = [1, 2, 3, 4, 5] as const satisfies readonly Level[];

export const isLevel = (level: number): level is Level => LEVELS.some((one) => one === level);

/** How many have each Level, from 1 to 5. */
export const levelCounts = (levels: readonly Level[]): number[] =>
  LEVELS.map((level) => levels.filter((one) => one === level).length);

/** `table[from - 1][to - 1]`: pairs that the first draws at Level `from` and the second at `to`. */
export const levelTable = (pairs: readonly { first: Level; second: Level }[]): number[][] =>
  LEVELS.map((from) =>
    levelCounts(pairs.flatMap((pair) => (pair.first === from ? pair.second : []))),
  );
