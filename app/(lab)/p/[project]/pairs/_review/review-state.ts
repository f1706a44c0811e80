import type { RejectReason } from "@/db/enums";
import type { ReviewItem } from "@/server/mining/review-queue";

export type Choice =
  | { kind: "accept" }
  | { kind: "reject"; reason: RejectReason; reasonText: string | null }
  | { kind: "set_aside" };
export type Decided = { item: ReviewItem; choice: Choice };
export type ReviewMode = "look" | "reject" | "edit";
export type ReviewState = {
  /** Oldest first; what was decided here leaves the queue before the server has heard of it. */
  decided: readonly Decided[];
  currentId: string | null;
  mode: ReviewMode;
};

export const START: ReviewState = { decided: [], currentId: null, mode: "look" };

export const openItems = (items: readonly ReviewItem[], { decided }: ReviewState): ReviewItem[] =>
  items.filter(({ id }) => !decided.some(({ item }) => item.id === id));

/** The item looked at: the chosen one while it is open, else the first. */
export const currentItem = (
  open: readonly ReviewItem[],
  { currentId }: ReviewState,
): ReviewItem | null => open.find(({ id }) => id === currentId) ?? open[0] ?? null;

export function moved(open: readonly ReviewItem[], state: ReviewState, by: 1 | -1): ReviewState {
  const at = open.findIndex(({ id }) => id === currentItem(open, state)?.id);
  const next = open[Math.min(Math.max(at + by, 0), open.length - 1)];
  return { ...state, currentId: next?.id ?? null, mode: "look" };
}

/** Decides an item and looks at the one after it, or at the one before when it was the last. */
export function decided(
  open: readonly ReviewItem[],
  state: ReviewState,
  entry: Decided,
): ReviewState {
  const at = open.findIndex(({ id }) => id === entry.item.id);
  const next = open[at + 1] ?? open[at - 1];
  return { decided: [...state.decided, entry], currentId: next?.id ?? null, mode: "look" };
}

/** Takes one decision back and looks at its item again. */
export function withoutDecision(state: ReviewState, itemId: string): ReviewState {
  return {
    decided: state.decided.filter(({ item }) => item.id !== itemId),
    currentId: itemId,
    mode: "look",
  };
}

/** What a person would most likely say, tinted among the reasons. */
export const likelyReason = (item: ReviewItem): RejectReason | null =>
  item.twin ? "same_as_twin" : null;
