import type { RatingMode, Verdict, VerdictMethod } from "@/db/enums";
import type { VerdictDetail } from "../schemas";
import { flipDetail, judgeInDetail } from "./detail-rule";
import { openOf, restOf, shownCount } from "./grid-progress";
import { cellAt, change, doAgain, doStep, notice, takeBack, unchanged } from "./grid-steps";
import { type Direction, movedAlong, movedInGrid } from "./move-cursor";

export type CellLoad = "loading" | "ready" | "failed";
export type Judgement = { verdict: Verdict | null; detail: VerdictDetail };
export type GridCell = Judgement & { imageId: string; load: CellLoad };
type Judged = { index: number; before: Judgement; after: Judgement };
/** What one key did: one image, or all that were open. One undo takes all of it back. */
export type Step = readonly Judged[];

/** How the grid is judged; fixed while it lies before the rater. */
export type GridRules = { mode: RatingMode; asksDetail: boolean };

export type GridState = GridRules & {
  /** In the order shown: by place, or as drawn for screening. */
  cells: readonly GridCell[];
  focus: number;
  done: readonly Step[];
  undone: readonly Step[];
  notice: Notice;
};

/** Said to the rater, politely; a new object each time, so that the same words are said again. */
export type Notice = {
  text: string;
  /** Not for screen readers alone: a verdict is seen on its cell, this is seen nowhere else. */
  isShown: boolean;
  /** The image whose loading ends it. */
  waitsFor?: number;
};

/** What one action did to one image; becomes a verdict event. */
export type Change = Judgement & { imageId: string; method: VerdictMethod };

export type FirstPress = "incorrect" | "correct";
export type GridAction =
  | { type: "press"; index: number; firstPress: FirstPress }
  | { type: "toggle"; firstPress: FirstPress }
  | { type: "mark"; verdict: "correct" | "incorrect" }
  | { type: "judgeRest"; verdict: "correct" | "incorrect" }
  | { type: "flagBroken"; index: number }
  | { type: "say"; detail: keyof VerdictDetail }
  | { type: "move"; direction: Direction; columns: number }
  | { type: "focus"; index: number }
  | { type: "goToOpen" }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "notice"; text: string }
  | { type: "load"; index: number; load: CellLoad };

export type GridStep = { state: GridState; changes: readonly Change[] };

const SILENCE: Notice = { text: "", isShown: false };

export function startGrid(
  cells: readonly (Judgement & { imageId: string })[],
  rules: GridRules,
): GridState {
  const laid = cells.map((cell) => ({ ...cell, load: "loading" as const }));
  const firstOpen = Math.max(
    0,
    cells.findIndex((cell) => cell.verdict === null),
  );
  const last = shownCount({ ...rules, cells: laid }) - 1;
  return {
    ...rules,
    cells: laid,
    focus: Math.min(firstOpen, last),
    done: [],
    undone: [],
    notice: SILENCE,
  };
}

/** The whole behaviour of a grid. Pure, so that it is the same under every key, button and test. */
export function stepGrid(state: GridState, action: GridAction): GridStep {
  switch (action.type) {
    case "press":
      return judge(state, action.index, flipped(state, action.index, action.firstPress));
    case "toggle":
      return judge(state, state.focus, flipped(state, state.focus, action.firstPress));
    case "mark":
      return judge(state, state.focus, action.verdict);
    case "judgeRest":
      return judgeRest(state, action.verdict);
    case "flagBroken":
      return flagBroken(state, action.index);
    case "say":
      return say(state, action.detail);
    case "move":
      return look(state, moved(state, action));
    case "focus":
      return look(state, action.index);
    case "goToOpen":
      return goToOpen(state);
    case "undo":
      return takeBack(state);
    case "redo":
      return doAgain(state);
    case "notice":
      return notice(state, action.text);
    case "load":
      return unchanged(loaded(state, action.index, action.load));
  }
}

function flipped(state: GridState, index: number, firstPress: FirstPress): Verdict {
  const { verdict } = cellAt(state, index);
  if (verdict === "correct") return "incorrect";
  if (verdict === "incorrect") return "correct";
  return firstPress;
}

type Move = Extract<GridAction, { type: "move" }>;

function moved(state: GridState, { direction, columns }: Move): number {
  if (state.mode === "full") return movedInGrid(state.focus, direction, columns);
  return movedAlong(state.focus, shownCount(state), direction);
}

/** The cursor goes where the rater may look, and nowhere else. */
function look(state: GridState, index: number): GridStep {
  const isNews = index !== state.focus && index < shownCount(state);
  return unchanged(isNews ? { ...state, focus: index } : state);
}

function judge(state: GridState, index: number, verdict: Verdict): GridStep {
  const refusal = refuse(state, index);
  if (refusal) return refusal;
  const cell = cellAt(state, index);
  const detail = state.asksDetail ? judgeInDetail(cell.detail, verdict) : cell.detail;
  return goOn(change({ ...state, focus: index }, index, { verdict, detail }));
}

/** A verdict on an image that nobody saw must not exist. */
function refuse(state: GridState, index: number): GridStep | null {
  if (index >= shownCount(state)) return notice(state, `Image ${index + 1} was not shown yet.`);
  const at = { ...state, focus: index };
  const { load } = cellAt(state, index);
  if (load === "loading") return notice(at, `Image ${index + 1} is still loading.`, index);
  if (load === "failed") {
    return notice(at, `Image ${index + 1} did not load: try again, or flag it as broken.`);
  }
  return null;
}

function flagBroken(state: GridState, index: number): GridStep {
  const cell = cellAt(state, index);
  if (index >= shownCount(state)) return notice(state, `Image ${index + 1} was not shown yet.`);
  if (cell.load === "loading") return notice(state, `Image ${index + 1} is still loading.`, index);
  const verdict = cell.verdict === "broken" ? null : "broken";
  return goOn(change({ ...state, focus: index }, index, { verdict, detail: cell.detail }));
}

/**
 * Screening shows one image at a time: a verdict that does not end it leads on to the next image.
 * After a correct one the cursor rests, and nothing is sent before the rater says so.
 */
function goOn(step: GridStep): GridStep {
  const { state } = step;
  if (state.mode === "full" || cellAt(state, state.focus).verdict === null) return step;
  const next = state.focus + 1;
  const isOpen = state.cells[next]?.verdict === null && next < shownCount(state);
  return isOpen ? { ...step, state: { ...state, focus: next } } : step;
}

/** What is seen decides the verdict; the cursor stays, for there is more to say. */
function say(state: GridState, name: keyof VerdictDetail): GridStep {
  if (!state.asksDetail) return unchanged(state);
  const refusal = refuse(state, state.focus);
  if (refusal) return refusal;
  return change(state, state.focus, flipDetail(cellAt(state, state.focus), name));
}

/** All images that are open and in sight, as one step; one that did not load stays open. */
function judgeRest(state: GridState, verdict: Verdict): GridStep {
  if (state.mode === "screen") return notice(state, "Screening judges one image after the other.");
  const judged = restOf(state).map((index) => {
    const { verdict: was, detail } = cellAt(state, index);
    const said = state.asksDetail ? judgeInDetail(detail, verdict) : detail;
    return { index, before: { verdict: was, detail }, after: { verdict, detail: said } };
  });
  if (judged.length === 0) return notice(state, "No image is open that could be judged.");
  return doStep(state, judged, "bulk", `${judged.length} images ${verdict}.`);
}

function goToOpen(state: GridState): GridStep {
  const open = openOf(state);
  const [first] = open;
  if (first === undefined) return unchanged(state);
  return notice({ ...state, focus: first - 1 }, `${open.length} open. Gone to image ${first}.`);
}

function loaded(state: GridState, index: number, load: CellLoad): GridState {
  const cells = state.cells.with(index, { ...cellAt(state, index), load });
  const isOver = load !== "loading" && state.notice.waitsFor === index;
  return { ...state, cells, notice: isOver ? SILENCE : state.notice };
}
