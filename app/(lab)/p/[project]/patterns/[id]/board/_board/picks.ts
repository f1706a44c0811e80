export type Place = { row: number; column: number };
export type BoardSize = { rows: number; columns: number };

export const placeKey = ({ row, column }: Place) => `${row} ${column}`;

/** Where a key leads; null when it does not move. The edges hold. */
export function placeAfter(key: string, { row, column }: Place, size: BoardSize): Place | null {
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  switch (key) {
    case "ArrowLeft":
      return { row, column: within(column - 1, size.columns) };
    case "ArrowRight":
      return { row, column: within(column + 1, size.columns) };
    case "ArrowUp":
      return { row: within(row - 1, size.rows), column };
    case "ArrowDown":
      return { row: within(row + 1, size.rows), column };
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: within(size.columns - 1, size.columns) };
    default:
      return null;
  }
}

/** With the place added behind the others, or taken out. */
export function togglePick(picks: readonly Place[], place: Place): Place[] {
  const others = picks.filter((pick) => placeKey(pick) !== placeKey(place));
  return others.length < picks.length ? others : [...picks, place];
}
