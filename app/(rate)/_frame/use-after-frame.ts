"use client";

import { startTransition, useEffect, useEffectEvent, useState } from "react";
import { afterFrame } from "./after-frame";

type Subscribe = (listener: () => void) => () => void;

/**
 * A store for what no finger waits for. It is read anew once the frame that answers the key is on the screen,
 * and drawn in pieces that let the next key through.
 */
export function useAfterFrame<State>(subscribe: Subscribe, read: () => State): State {
  const [state, setState] = useState(read);
  const catchUp = useEffectEvent(() => {
    const now = read();
    startTransition(() => setState(() => now));
  });
  // The browser says when a frame is over.
  useEffect(() => {
    let callOff: (() => void) | null = null;
    const note = () => {
      callOff ??= afterFrame(() => {
        callOff = null;
        catchUp();
      });
    };
    const stop = subscribe(note);
    // What changed before anybody listened.
    note();
    return () => {
      stop();
      callOff?.();
    };
  }, [subscribe]);
  return state;
}

/** The same for a value: the one before until the frame that shows the new one is on the screen. */
export function useValueAfterFrame<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => afterFrame(() => setSettled(() => value)), [value]);
  return settled;
}
