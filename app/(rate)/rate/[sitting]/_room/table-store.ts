"use client";

import { useState, useSyncExternalStore } from "react";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import type { Table } from "@/app/(rate)/_session/table";

const PLACES = ["leaving", "table", "next"] as const;

/** The full grid that lies there: the same object until another takes its place, whatever is judged on it. */
export function useGridAt(
  { state, subscribe }: RatingSession,
  place: (typeof PLACES)[number],
): Table | null {
  const [read] = useState(() => {
    let last: Table | null = null;
    return () => {
      const table = state()[place];
      const now = table?.grid.mode === "full" ? table : null;
      if (now?.windowKey !== last?.windowKey) last = now;
      return last;
    };
  });
  return useSyncExternalStore(subscribe, read, read);
}

/** One table, wherever it lies by now. */
export type TableStore = {
  read: () => Table;
  /** Whether it is the one before the rater. */
  isShown: () => boolean;
  subscribe: RatingSession["subscribe"];
};

export function storeOf({ state, subscribe }: RatingSession, first: Table): TableStore {
  let last = first;
  return {
    subscribe,
    isShown: () => state().table?.windowKey === first.windowKey,
    // One that lies nowhere any longer stays as it was until its part is gone too.
    read() {
      const now = state();
      const found = PLACES.find((place) => now[place]?.windowKey === first.windowKey);
      last = (found && now[found]) ?? last;
      return last;
    },
  };
}

/** A piece of a table; the part that asks for it is drawn when that piece changes, and only then. */
export function useTable<Piece>({ read, subscribe }: TableStore, pick: (table: Table) => Piece) {
  const piece = () => pick(read());
  return useSyncExternalStore(subscribe, piece, piece);
}
