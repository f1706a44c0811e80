"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { commandOf, type KeyChoice, type RatingCommand } from "@/server/rating/domain/key-map";

type Options = {
  /** Changes with the grid: a key held across the change stays without effect until it is let go. */
  gridId: () => string | null;
  choice: KeyChoice;
  isInert: boolean;
  onCommand: (command: RatingCommand) => void;
  onZoomEnd: () => void;
};

const isTextField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select"));
const isControl = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("button, a, summary") !== null;

/** The keyboard of the grid, wherever the focus is on the page. */
export function useRatingKeys({ gridId, choice, isInert, onCommand, onZoomEnd }: Options) {
  const held = useRef(new Set<string>());
  const blocked = useRef(new Set<string>());
  const lastGrid = useRef<string | null>(null);

  function blockHeld() {
    const now = gridId();
    if (lastGrid.current === now) return;
    lastGrid.current = now;
    blocked.current = new Set(held.current);
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { code } = event;
    blockHeld();
    held.current.add(code);
    if (isInert || blocked.current.has(code) || isTextField(event.target)) return;
    const command = commandOf(event, choice);
    if (!command) return;
    const isPress = ["submit", "rest", "toggle"].includes(command.type);
    // Enter and Space on a button press that button.
    if (isPress && !event.ctrlKey && !event.metaKey && isControl(event.target)) return;
    event.preventDefault();
    onCommand(command);
  });
  const onKeyUp = useEffectEvent((event: KeyboardEvent) => {
    held.current.delete(event.code);
    blocked.current.delete(event.code);
    if (event.code === "Period") onZoomEnd();
  });
  const onBlur = useEffectEvent(() => {
    // The release of a key is not heard elsewhere.
    held.current.clear();
    blocked.current.clear();
    onZoomEnd();
  });

  useEffect(() => {
    const { signal, abort } = abortable();
    window.addEventListener("keydown", onKeyDown, { signal });
    window.addEventListener("keyup", onKeyUp, { signal });
    window.addEventListener("blur", onBlur, { signal });
    return abort;
  }, []);
}

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
