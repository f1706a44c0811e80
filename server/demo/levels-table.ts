import type { Level } from "@/server/rating/domain/level";
import type { Repairs } from "./compare-levels";

const LEVELS = [1, 2, 3, 4, 5] as const;

/** A comparison for a terminal: each pair's Level at first and by each generator on fresh seeds, then how many are at each Level. */
export function levelsTable({ generators, pairs }: Repairs): string {
  const byPair = [
    ["pair", "at first", ...generators],
    ...pairs.map(({ pair, levels }) => [pair, "5", ...levels.map(cellOf)]),
  ];
  const count = (at: number, level: Level) =>
    String(pairs.filter(({ levels }) => levels[at] === level).length);
  const counts = [
    ["pairs at", ...LEVELS.map((level) => `Level ${level}`)],
    ["at first", ...LEVELS.map((level) => (level === 5 ? String(pairs.length) : "0"))],
    ...generators.map((name, at) => [name, ...LEVELS.map((level) => count(at, level))]),
  ];
  return `${aligned(byPair)}\n\n${aligned(counts)}`;
}

const cellOf = (level: Level | null) => (level === null ? "-" : String(level));

/** The first column to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ");
  return rows.map(line).join("\n");
}
