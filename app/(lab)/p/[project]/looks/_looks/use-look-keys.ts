import { useEffectEvent, useLayoutEffect } from "react";
import { isSingleKey, useSingleKeys } from "@/app/_ui/single-keys";
import { CELL_CODES } from "@/server/rating/domain/key-map";
import type { Looking } from "./use-looks";

const PLACES: readonly string[] = CELL_CODES;

/** The keys of the looks screen. The keyboard, wherever the focus is, is the external system. */
export function useLookKeys(looking: Looking): void {
  const singleKeys = useSingleKeys();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || belongsToOther(event)) return;
    if (!singleKeys && isSingleKey(event.key)) return;
    const act = actionOf(event, looking);
    if (!act) return;
    event.preventDefault();
    act();
  });
  // Before the paint: a key that is seen acts.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

type Press = Pick<KeyboardEvent, "key" | "code">;

function actionOf({ key, code }: Press, looking: Looking): (() => void) | null {
  if (key === "ArrowDown") return () => looking.move(1);
  if (key === "ArrowUp") return () => looking.move(-1);
  if (key === "Backspace" || key.toLowerCase() === "u") return looking.undo;
  const { current, state } = looking;
  if (current?.kind === "capability") {
    if (key === "Enter") return () => looking.judge({ kind: "capability", wrong: state.wrong });
    const place = PLACES.indexOf(code);
    return place >= 0 && place < current.imageIds.length ? () => looking.toggle(place) : null;
  }
  if (current?.kind !== "precheck") return null;
  if (key.toLowerCase() === "a") return () => looking.judge({ kind: "precheck", verdict: "fine" });
  if (key.toLowerCase() === "x") return () => looking.judge({ kind: "precheck", verdict: "wrong" });
  return null;
}

/** Keys belong to text fields, to an open dialog or menu, and Enter to a control other than an image. */
function belongsToOther({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [role=dialog], [role=menu]")) return true;
  return key === "Enter" && target.closest("a, button:not([data-place])") !== null;
}
