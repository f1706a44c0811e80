import type { GridState } from "./grid-state";
import { openPositions } from "./open-positions";

type Progress = Pick<GridState, "cells" | "mode" | "asksDetail">;

/** Numbers of the images that still wait for a verdict before the grid may be submitted. */
export const openOf = ({ cells, mode }: Progress): number[] => openPositions(cells, mode);

/** The images, counted from 0, that one verdict may settle together: open, and seen by the rater. */
export const restOf = ({ cells }: Pick<GridState, "cells">): number[] =>
  cells.flatMap(({ verdict, load }, index) =>
    verdict === null && load === "ready" ? [index] : [],
  );

/** Asked once a grid is finished, where something was not drawn right. */
export const asksWhatStood = (state: Progress): boolean =>
  state.asksDetail &&
  openOf(state).length === 0 &&
  state.cells.some(({ verdict }) => verdict === "incorrect");

/**
 * How many images the rater may look at: all of a full grid; of a screened one those that were judged
 * and the next, so that verdicts are given in the order drawn and end at the first correct image.
 */
export function shownCount({ cells, mode }: Pick<Progress, "cells" | "mode">): number {
  if (mode === "full") return cells.length;
  const open = cells.findIndex(({ verdict }) => verdict === null);
  const lastJudged = cells.findLastIndex(({ verdict }) => verdict !== null);
  const isEnded = cells.some(({ verdict }) => verdict === "correct");
  return Math.max(lastJudged + 1, open === -1 || isEnded ? 0 : open + 1);
}
