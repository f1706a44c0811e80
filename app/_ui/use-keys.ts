import { useEffect, useEffectEvent } from "react";

/**
 * Keys of a screen: `actOf` says what a key does, or null for nothing. The keyboard, wherever the focus is,
 * is the external system. A held key acts once; arrows repeat.
 */
export function useKeys(actOf: (key: string) => (() => void) | null): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = actOf(event.key);
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

/** Keys belong to text fields, and to a dialog or a menu that is open. */
const isTyping = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
