import type { Verdict, VerdictMethod } from "@/db/enums";
import type { VerdictDetail } from "../schemas";
import { IMAGES_PER_GRID } from "./level";
import { openPositions } from "./open-positions";

export const COLUMNS = 5;

export type CellLoad = "loading" | "ready" | "failed";
export type Judgement = { verdict: Verdict | null; detail: VerdictDetail };
export type GridCell = Judgement & { imageId: string; load: CellLoad };
type Step = { index: number; before: Judgement; after: Judgement };

export type GridState = {
  cells: readonly GridCell[];
  focus: number;
  done: readonly Step[];
  undone: readonly Step[];
  /** Said to the rater, politely; a new object each time, so that the same words are said again. */
  notice: { text: string };
};

/** What one action did to one image; becomes a verdict event. */
export type Change = Judgement & { imageId: string; method: VerdictMethod };

export type FirstPress = "incorrect" | "correct";
export type Direction = "left" | "right" | "up" | "down" | "rowStart" | "rowEnd";
export type GridAction =
  | { type: "press"; index: number; firstPress: FirstPress }
  | { type: "toggle"; firstPress: FirstPress }
  | { type: "mark"; verdict: "correct" | "incorrect" }
  | { type: "flagBroken"; index: number }
  | { type: "say"; detail: keyof VerdictDetail; value: boolean }
  | { type: "move"; direction: Direction }
  | { type: "focus"; index: number }
  | { type: "goToOpen" }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "load"; index: number; load: CellLoad };

export type GridStep = { state: GridState; change: Change | null };

export function startGrid(cells: readonly (Judgement & { imageId: string })[]): GridState {
  const firstOpen = cells.findIndex((cell) => cell.verdict === null);
  return {
    cells: cells.map((cell) => ({ ...cell, load: "loading" })),
    focus: Math.max(0, firstOpen),
    done: [],
    undone: [],
    notice: { text: "" },
  };
}

export const openOf = (state: GridState): number[] =>
  openPositions(state.cells.map(({ verdict }, index) => ({ position: index + 1, verdict })));

/** The whole behaviour of a grid. Pure, so that it is the same under every key, button and test. */
export function stepGrid(state: GridState, action: GridAction): GridStep {
  switch (action.type) {
    case "press":
      return judge(state, action.index, flipped(state, action.index, action.firstPress));
    case "toggle":
      return judge(state, state.focus, flipped(state, state.focus, action.firstPress));
    case "mark":
      return judge(state, state.focus, action.verdict);
    case "flagBroken":
      return flagBroken(state, action.index);
    case "say":
      return say(state, action.detail, action.value);
    case "move":
      return unchanged({ ...state, focus: moved(state.focus, action.direction) });
    case "focus":
      return unchanged({ ...state, focus: action.index });
    case "goToOpen":
      return goToOpen(state);
    case "undo":
      return takeBack(state);
    case "redo":
      return doAgain(state);
    case "load":
      return unchanged(
        withCell(state, action.index, { ...cellAt(state, action.index), load: action.load }),
      );
  }
}

const unchanged = (state: GridState): GridStep => ({ state, change: null });

function cellAt(state: GridState, index: number): GridCell {
  const cell = state.cells[index];
  if (!cell) throw new RangeError(`No image ${index + 1} in a grid of ${state.cells.length}`);
  return cell;
}

function flipped(state: GridState, index: number, firstPress: FirstPress): Verdict {
  const { verdict } = cellAt(state, index);
  if (verdict === "correct") return "incorrect";
  if (verdict === "incorrect") return "correct";
  return firstPress;
}

function judge(state: GridState, index: number, verdict: Verdict): GridStep {
  const cell = cellAt(state, index);
  const at = { ...state, focus: index };
  // A verdict on an image that nobody saw must not exist.
  if (cell.load === "loading") return notice(at, `Image ${index + 1} is still loading.`);
  if (cell.load === "failed") {
    return notice(at, `Image ${index + 1} did not load: try again, or flag it as broken.`);
  }
  return change(at, index, { verdict, detail: cell.detail });
}

function flagBroken(state: GridState, index: number): GridStep {
  const cell = cellAt(state, index);
  if (cell.load === "loading") return notice(state, `Image ${index + 1} is still loading.`);
  const verdict = cell.verdict === "broken" ? null : "broken";
  return change({ ...state, focus: index }, index, { verdict, detail: cell.detail });
}

function say(state: GridState, name: keyof VerdictDetail, value: boolean): GridStep {
  const cell = cellAt(state, state.focus);
  if (cell.load !== "ready") return unchanged(state);
  const { [name]: before, ...rest } = cell.detail;
  // The same answer again takes it back.
  const detail = before === value ? rest : { ...rest, [name]: value };
  return change(state, state.focus, { verdict: cell.verdict, detail });
}

function change(state: GridState, index: number, after: Judgement): GridStep {
  const { verdict, detail, imageId } = cellAt(state, index);
  if (verdict === after.verdict && detail === after.detail) return unchanged(state);
  const step = { index, before: { verdict, detail }, after };
  return {
    state: {
      ...withCell(state, index, { ...cellAt(state, index), ...after }),
      done: [...state.done, step],
      undone: [],
      notice: { text: sayVerdict(index, after) },
    },
    change: { imageId, ...after, method: "direct" },
  };
}

function takeBack(state: GridState): GridStep {
  const step = state.done.at(-1);
  if (!step) return unchanged(state);
  return replay(state, step.index, step.before, {
    done: state.done.slice(0, -1),
    undone: [...state.undone, step],
  });
}

function doAgain(state: GridState): GridStep {
  const step = state.undone.at(-1);
  if (!step) return unchanged(state);
  return replay(state, step.index, step.after, {
    done: [...state.done, step],
    undone: state.undone.slice(0, -1),
  });
}

type Stacks = Pick<GridState, "done" | "undone">;

function replay(state: GridState, index: number, to: Judgement, stacks: Stacks): GridStep {
  const cell = cellAt(state, index);
  return {
    state: {
      ...withCell(state, index, { ...cell, ...to }),
      ...stacks,
      focus: index,
      notice: { text: sayVerdict(index, to) },
    },
    change: { imageId: cell.imageId, ...to, method: "undo" },
  };
}

function goToOpen(state: GridState): GridStep {
  const open = openOf(state);
  const [first] = open;
  if (first === undefined) return unchanged(state);
  return notice({ ...state, focus: first - 1 }, `${open.length} open. Gone to image ${first}.`);
}

function moved(focus: number, direction: Direction): number {
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

function withCell(state: GridState, index: number, cell: GridCell): GridState {
  return { ...state, cells: state.cells.with(index, cell) };
}

const notice = (state: GridState, text: string): GridStep =>
  unchanged({ ...state, notice: { text } });

const sayVerdict = (index: number, { verdict }: Judgement): string =>
  `Image ${index + 1} ${verdict ?? "unrated"}.`;
