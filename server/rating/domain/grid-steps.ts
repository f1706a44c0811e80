import type { VerdictMethod } from "@/db/enums";
import type { GridCell, GridState, GridStep, Judgement, Step } from "./grid-state";

export const unchanged = (state: GridState): GridStep => ({ state, changes: [] });

export const notice = (state: GridState, text: string, waitsFor?: number): GridStep =>
  unchanged({ ...state, notice: { text, isShown: true, waitsFor } });

export function cellAt(state: GridState, index: number): GridCell {
  const cell = state.cells[index];
  if (!cell) throw new RangeError(`No image ${index + 1} in a grid of ${state.cells.length}`);
  return cell;
}

export function change(state: GridState, index: number, after: Judgement): GridStep {
  const { verdict, detail } = cellAt(state, index);
  if (verdict === after.verdict && detail === after.detail) return unchanged(state);
  const step = [{ index, before: { verdict, detail }, after }];
  return doStep(state, step, "direct", sayVerdict(index, after));
}

/** Judges and keeps it as one step that undo takes back as a whole. */
export function doStep(
  state: GridState,
  step: Step,
  method: VerdictMethod,
  text: string,
): GridStep {
  const done = [...state.done, step];
  return replay(
    { ...state, done, undone: [], notice: { text, isShown: false } },
    step,
    "after",
    method,
  );
}

export function takeBack(state: GridState): GridStep {
  const step = state.done.at(-1);
  if (!step) return unchanged(state);
  const stacks = { done: state.done.slice(0, -1), undone: [...state.undone, step] };
  return goBackTo({ ...state, ...stacks }, step, "before");
}

export function doAgain(state: GridState): GridStep {
  const step = state.undone.at(-1);
  if (!step) return unchanged(state);
  const stacks = { done: [...state.done, step], undone: state.undone.slice(0, -1) };
  return goBackTo({ ...state, ...stacks }, step, "after");
}

type Side = "before" | "after";

function goBackTo(state: GridState, step: Step, side: Side): GridStep {
  const [first] = step;
  if (!first) return unchanged(state);
  const said = sayVerdict(first.index, first[side]);
  const text = step.length === 1 ? said : `${step.length} images as they were.`;
  return replay(
    { ...state, focus: first.index, notice: { text, isShown: false } },
    step,
    side,
    "undo",
  );
}

function replay(state: GridState, step: Step, side: Side, method: VerdictMethod): GridStep {
  const cells = [...state.cells];
  for (const judged of step) {
    cells[judged.index] = { ...cellAt(state, judged.index), ...judged[side] };
  }
  const changes = step.map((judged) => {
    const { imageId } = cellAt(state, judged.index);
    return { imageId, ...judged[side], method };
  });
  return { state: { ...state, cells }, changes };
}

const sayVerdict = (index: number, { verdict }: Judgement): string =>
  `Image ${index + 1} ${verdict ?? "unrated"}.`;
