import { useKeys } from "@/app/_ui/use-keys";
import { REJECT_REASONS } from "@/db/enums";
import type { Reviewing } from "./use-review";

/** The keys of the review screen. */
export function useReviewKeys(review: Reviewing, askForOther: () => void): void {
  useKeys((key) => actionOf(key, review, askForOther));
}

function actionOf(key: string, review: Reviewing, askForOther: () => void): (() => void) | null {
  if (key === "Backspace") return review.undo;
  if (key === "ArrowDown") return () => review.move(1);
  if (key === "ArrowUp") return () => review.move(-1);
  if (!review.current) return null;
  const reason = REJECT_REASONS[Number(key) - 1];
  if (reason === "other") return askForOther;
  if (reason) return () => review.decide({ kind: "reject", reason, reasonText: null });
  const acts: Record<string, () => void> = {
    a: () => review.decide({ kind: "accept" }),
    x: () => review.setMode(review.state.mode === "reject" ? "look" : "reject"),
    s: () => review.decide({ kind: "set_aside" }),
    e: () => review.setMode("edit"),
    v: () => review.decide({ kind: "variant" }),
    escape: () => review.setMode("look"),
  };
  if (review.current.kind === "duplicate" && ["s", "e"].includes(key.toLowerCase())) return null;
  // Only what has a twin can be a variant of it.
  if (!review.current.step && key.toLowerCase() === "v") return null;
  return acts[key.toLowerCase()] ?? null;
}
