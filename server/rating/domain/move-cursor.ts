import type { RatingMode } from "@/db/enums";
import { IMAGES_PER_GRID } from "./level";

/** Prompts of a full grid, and images in a row of it where there is room. */
export const COLUMNS = 5;

export type Direction = "left" | "right" | "up" | "down" | "rowStart" | "rowEnd";

/** Over the full grid in rows of so many; the last one may be shorter. */
export function movedInGrid(focus: number, direction: Direction, columns: number): number {
  const column = focus % columns;
  const last = Math.min(focus - column + columns, IMAGES_PER_GRID) - 1;
  switch (direction) {
    case "left":
      return column > 0 ? focus - 1 : focus;
    case "right":
      return focus < last ? focus + 1 : focus;
    case "up":
      return focus >= columns ? focus - columns : focus;
    case "down":
      return focus + columns < IMAGES_PER_GRID ? focus + columns : focus;
    case "rowStart":
      return focus - column;
    case "rowEnd":
      return last;
  }
}

/** Along the one row of a screened grid, which ends at the last image shown. */
export function movedAlong(focus: number, shown: number, direction: Direction): number {
  switch (direction) {
    case "left":
    case "up":
      return Math.max(0, focus - 1);
    case "right":
    case "down":
      return Math.min(shown - 1, focus + 1);
    case "rowStart":
      return 0;
    case "rowEnd":
      return shown - 1;
  }
}

/** What stands left and right of an image, none at an end; while screening, only what was shown. */
export function neighboursOf(
  focus: number,
  { mode, shown, columns }: { mode: RatingMode; shown: number; columns: number },
): { left: number | null; right: number | null } {
  const go = (direction: "left" | "right") => {
    const to =
      mode === "full"
        ? movedInGrid(focus, direction, columns)
        : movedAlong(focus, shown, direction);
    return to === focus ? null : to;
  };
  return { left: go("left"), right: go("right") };
}
