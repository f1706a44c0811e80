import type { Verdict } from "@/db/enums";
import type { VerdictDetail } from "../schemas";
import type { GridState, GridStep, Judgement } from "./grid-state";
import { doStep } from "./grid-steps";

export type ServerCell = {
  imageId: string;
  verdict: Verdict | null;
  detail: VerdictDetail | null;
};
export type Difference = { index: number; mine: Judgement; theirs: Judgement };

/** Where two windows left the same grid differently, in the order shown. */
export function differences(state: GridState, server: readonly ServerCell[]): Difference[] {
  const byImage = new Map(server.map((cell) => [cell.imageId, cell]));
  return state.cells.flatMap(({ imageId, verdict, detail }, index) => {
    const cell = byImage.get(imageId);
    if (!cell) return [];
    const mine = { verdict, detail };
    const theirs = { verdict: cell.verdict, detail: cell.detail ?? {} };
    return isSameJudgement(mine, theirs) ? [] : [{ index, mine, theirs }];
  });
}

const NAMES = ["aSeen", "bSeen", "relation", "latentSeen"] as const;
export const isSameJudgement = (one: Judgement, other: Judgement): boolean =>
  one.verdict === other.verdict && NAMES.every((name) => one.detail[name] === other.detail[name]);

/**
 * The version that its rater picked, as one step more: each image in dispute gets an event that says
 * so once again, also where nothing changes here, for the server has to hear it last.
 */
export function pickVersion(
  state: GridState,
  disputed: readonly Difference[],
  picked: "mine" | "theirs",
): GridStep {
  const step = disputed.map(({ index, mine, theirs }) => ({
    index,
    before: mine,
    after: picked === "mine" ? mine : theirs,
  }));
  const text = picked === "mine" ? "Kept as in this window." : "Taken over from the other window.";
  const { state: next, changes } = doStep(state, step, "undo", text);
  // Nothing to undo where nothing changed.
  return { state: picked === "mine" ? { ...next, done: state.done } : next, changes };
}
