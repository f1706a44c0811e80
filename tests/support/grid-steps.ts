import type { Verdict } from "@/db/enums";
import {
  type GridAction,
  type GridState,
  startGrid,
  stepGrid,
} from "@/server/rating/domain/grid-state";

type Settings = Parameters<typeof startGrid>[1];

/** Twenty cells that nobody has judged. */
export const blankCells = Array.from({ length: 20 }, (_, index) => ({
  imageId: `image-${index}`,
  verdict: null as Verdict | null,
  detail: {},
}));

/** The state after these actions, one after the other. */
export const act = (state: GridState, ...actions: GridAction[]): GridState =>
  actions.reduce((before, action) => stepGrid(before, action).state, state);

/** A grid all of whose images are there. */
export const loadedGrid = (settings: Settings, cells = blankCells): GridState =>
  act(
    startGrid(cells, settings),
    ...cells.map((_, index): GridAction => ({ type: "load", index, load: "ready" })),
  );

export const press = (
  index: number,
  firstPress: "incorrect" | "correct" = "incorrect",
): GridAction => ({ type: "press", index, firstPress });
