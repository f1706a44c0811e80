import { useEffect, useEffectEvent } from "react";
import { REJECT_REASONS } from "@/db/enums";
import type { Reviewing } from "./use-review";

/** The keys of the review screen. The keyboard, wherever the focus is, is the external system. */
export function useReviewKeys(review: Reviewing, askForOther: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = actionOf(event.key, review, askForOther);
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
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
    escape: () => review.setMode("look"),
  };
  if (review.current.kind === "duplicate" && ["s", "e"].includes(key.toLowerCase())) return null;
  return acts[key.toLowerCase()] ?? null;
}

/** Keys belong to text fields, and to a dialog or a menu that is open. */
const isTyping = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
