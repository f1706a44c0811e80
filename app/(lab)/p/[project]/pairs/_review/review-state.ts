import type { RejectReason } from "@/db/enums";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import type { EditPair } from "@/server/mining/schemas";

export type Choice =
  | { kind: "accept" }
  /** Accepted as a rewording of its twin. */
  | { kind: "variant" }
  | { kind: "reject"; reason: RejectReason; reasonText: string | null }
  | { kind: "set_aside" };
export type Decided = { item: ReviewItem; choice: Choice };
export type ReviewMode = "look" | "reject" | "edit";
export type Words = Pick<EditPair, "a" | "b" | "latent">;
/** New words that the server refused: they wait in the form, with what was wrong. */
export type Draft = { words: Words; problem: string };
export type ReviewState = {
  /** Oldest first; what was decided here leaves the queue before the server has heard of it. */
  decided: readonly Decided[];
  drafts: ReadonlyMap<string, Draft>;
  currentId: string | null;
  mode: ReviewMode;
};

export const START: ReviewState = {
  decided: [],
  drafts: new Map(),
  currentId: null,
  mode: "look",
};

export function openItems(
  items: readonly ReviewItem[],
  decidedHere: readonly Decided[],
): ReviewItem[] {
  const gone = new Set(decidedHere.map(({ item }) => item.id));
  return items.filter(({ id }) => !gone.has(id));
}

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
  return {
    ...state,
    decided: [...state.decided, entry],
    currentId: next?.id ?? null,
    mode: "look",
  };
}

/** Takes one decision back and looks at its item again. */
export function withoutDecision(state: ReviewState, itemId: string): ReviewState {
  return {
    ...state,
    decided: state.decided.filter(({ item }) => item.id !== itemId),
    currentId: itemId,
    mode: "look",
  };
}

/** Refused words stay; who still looks at the item has the form before them again. */
export function withDraft(state: ReviewState, itemId: string, draft: Draft): ReviewState {
  const drafts = new Map(state.drafts).set(itemId, draft);
  return { ...state, drafts, mode: state.currentId === itemId ? "edit" : state.mode };
}

export function withoutDraft(state: ReviewState, itemId: string): ReviewState {
  const drafts = new Map(state.drafts);
  drafts.delete(itemId);
  return { ...state, drafts };
}

/** What a person would most likely say, tinted among the reasons. */
export const likelyReason = (item: ReviewItem): RejectReason | null =>
  item.step ? "same_as_twin" : null;
