import { useEffectEvent, useLayoutEffect } from "react";
import { isSingleKey, useSingleKeys } from "./single-keys";

/**
 * Keys of a screen: `actOf` says what a key does, or null for nothing. The keyboard, wherever the focus is,
 * is the external system. A held key acts once; arrows repeat.
 */
export function useKeys(
  actOf: (key: string) => (() => void) | null,
  /** The keys are those of an open dialog, and of nothing behind it. */
  { inDialog = false } = {},
): void {
  const singleKeys = useSingleKeys();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target, inDialog)) return;
    if (!singleKeys && isSingleKey(event.key)) return;
    const act = actOf(event.key);
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

/** Keys belong to text fields, and to a dialog or a menu that is open. */
const isTyping = (target: EventTarget | null, inDialog: boolean) =>
  target instanceof Element &&
  target.closest(inDialog ? TYPED : `${TYPED}, [role=dialog]`) !== null;

const TYPED = "input, textarea, select, [role=menu]";
