import type { Lesson } from "./lesson";
import { placeOf, type SittingView, type Table } from "./table";
import type { TwoVersions } from "./two-windows";

export type SessionState = {
  table: Table | null;
  /** Why there is no table: on its way, out of reach, nothing left, or nothing may be handed out. */
  stage: "rating" | "fetching" | "offline" | "empty" | "refused";
  refusal: string | null;
  /** The grid that comes after this one, drawn beforehand so that it only has to be uncovered. */
  next: Table | null;
  /** The grid just left: still seen for a moment, never in the way. */
  leaving: Table | null;
  /** Another rater has this seat; what is judged here still counts, as extra. */
  isSeatLost: boolean;
  /** Rated in another window too: the rater has to pick one of the two. */
  twoVersions: TwoVersions | null;
  /** Shown after a training grid, before the next one. */
  lesson: Lesson | null;
  /** This grid is the n-th of N. */
  place: { number: number; total: number };
};

/** What the room shows, and whoever wants to hear of a change. */
export function createState(first: SittingView) {
  const listeners = new Set<() => void>();
  let state: SessionState = {
    table: null,
    next: null,
    stage: "fetching",
    refusal: null,
    leaving: null,
    isSeatLost: false,
    twoVersions: null,
    lesson: null,
    place: placeOf(first, first.state === "submitted" ? -1 : 0),
  };
  return {
    now: () => state,
    show(change: Partial<SessionState>): void {
      state = { ...state, ...change };
      for (const tell of listeners) tell();
    },
    /** What no eye sees, such as time going by. */
    note(table: Table): void {
      state = { ...state, table };
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
