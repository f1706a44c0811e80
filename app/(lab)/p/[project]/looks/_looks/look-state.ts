import type { ReadyLook } from "@/server/generation/list-looks";

export type Judgement =
  | { kind: "precheck"; verdict: "fine" | "wrong" }
  | { kind: "capability"; wrong: readonly number[] };
export type Judged = { look: ReadyLook; judgement: Judgement };
export type LookState = {
  /** Oldest first; what was judged here leaves the screen before the server has heard of it. */
  judged: readonly Judged[];
  currentId: string | null;
  /** Places of the current concept's images that do not show it. */
  wrong: readonly number[];
};

export const START: LookState = { judged: [], currentId: null, wrong: [] };

export const openLooks = (looks: readonly ReadyLook[], { judged }: LookState): ReadyLook[] =>
  looks.filter(({ id }) => !judged.some(({ look }) => look.id === id));

/** The look that lies open: the chosen one while it waits, else the first. */
export const currentLook = (
  open: readonly ReadyLook[],
  { currentId }: LookState,
): ReadyLook | null => open.find(({ id }) => id === currentId) ?? open[0] ?? null;

/** Those that come after it; their images are fetched ahead. */
export function looksAhead(open: readonly ReadyLook[], state: LookState, count: number) {
  const at = open.findIndex(({ id }) => id === currentLook(open, state)?.id);
  return open.slice(at + 1, at + 1 + count);
}

export const lookedAt = (state: LookState, id: string): LookState =>
  state.currentId === id ? state : { ...state, currentId: id, wrong: [] };

export function moved(open: readonly ReadyLook[], state: LookState, by: 1 | -1): LookState {
  const at = open.findIndex(({ id }) => id === currentLook(open, state)?.id);
  const next = open[Math.min(Math.max(at + by, 0), open.length - 1)];
  return next ? lookedAt(state, next.id) : state;
}

export function toggled(state: LookState, place: number): LookState {
  const isWrong = state.wrong.includes(place);
  const wrong = isWrong ? state.wrong.filter((at) => at !== place) : [...state.wrong, place];
  return { ...state, wrong };
}

/** Judges a look and opens the one after it, or the one before when it was the last. */
export function judged(open: readonly ReadyLook[], state: LookState, entry: Judged): LookState {
  const at = open.findIndex(({ id }) => id === entry.look.id);
  const next = open[at + 1] ?? open[at - 1];
  return { judged: [...state.judged, entry], currentId: next?.id ?? null, wrong: [] };
}

/** Takes one judgement back and opens its look again, with its marks. */
export function withoutJudgement(state: LookState, lookId: string): LookState {
  const taken = state.judged.find(({ look }) => look.id === lookId);
  const wrong = taken?.judgement.kind === "capability" ? taken.judgement.wrong : [];
  const rest = state.judged.filter(({ look }) => look.id !== lookId);
  return { judged: rest, currentId: lookId, wrong };
}
