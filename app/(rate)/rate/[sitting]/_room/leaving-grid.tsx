"use client";

import { useEffect, useRef } from "react";
import type { Table } from "@/app/(rate)/_session/table";
import { RatingGrid } from "./rating-grid";
import type { KeyNames } from "./use-key-labels";

const nothing = () => {};

export type LeavingGridProps = {
  table: Table;
  keys: KeyNames;
  onGone: () => void;
};

/** The full grid just submitted, fading over the next one, so that its last verdict is still seen. Blocks nothing. */
export function LeavingGrid({ table, keys, onGone }: LeavingGridProps) {
  const box = useRef<HTMLDivElement>(null);
  // The browser runs the fade and says when it is over.
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const duration = Number.parseFloat(style.getPropertyValue("--motion-advance")) || 0;
    const fade = box.current?.animate([{ opacity: 1 }, { opacity: 0 }], { duration });
    fade?.finished.then(onGone, nothing);
    return () => fade?.cancel();
  }, [onGone]);
  return (
    <div
      ref={box}
      aria-hidden
      inert
      className="pointer-events-none absolute inset-0 grid bg-surface-sunken"
    >
      <RatingGrid
        table={table}
        keys={keys}
        onPress={nothing}
        onFocus={nothing}
        onLoad={nothing}
        onFlag={nothing}
      />
    </div>
  );
}
