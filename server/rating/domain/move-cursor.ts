import type { RatingMode } from "@/db/enums";
import { IMAGES_PER_GRID } from "./level";

export const COLUMNS = 5;

export type Direction = "left" | "right" | "up" | "down" | "rowStart" | "rowEnd";

/** Over the full grid: four rows of five. */
export function movedInGrid(focus: number, direction: Direction): number {
  const column = focus % COLUMNS;
  switch (direction) {
    case "left":
      return column > 0 ? focus - 1 : focus;
    case "right":
      return column < COLUMNS - 1 ? focus + 1 : focus;
    case "up":
      return focus >= COLUMNS ? focus - COLUMNS : focus;
    case "down":
      return focus + COLUMNS < IMAGES_PER_GRID ? focus + COLUMNS : focus;
    case "rowStart":
      return focus - column;
    case "rowEnd":
      return focus - column + COLUMNS - 1;
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
  mode: RatingMode,
  shown: number,
): { left: number | null; right: number | null } {
  const go = (direction: "left" | "right") => {
    const to =
      mode === "full" ? movedInGrid(focus, direction) : movedAlong(focus, shown, direction);
    return to === focus ? null : to;
  };
  return { left: go("left"), right: go("right") };
}
