"use client";

import { useSyncExternalStore } from "react";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import { Screening } from "./screening";
import { Stepper } from "./stepper";
import type { KeyNames } from "./use-key-labels";

export type OneByOneProps = { session: RatingSession; isNarrow: boolean; keys: KeyNames };

/** One image at a time; a key is answered by the next one, so all of it is drawn at once. */
export function OneByOne({ session, isNarrow, keys }: OneByOneProps) {
  const { table } = useSyncExternalStore(session.subscribe, session.state, session.state);
  if (!table) return null;
  const Mode = isNarrow ? Stepper : Screening;
  return <Mode key={table.view.id} table={table} keys={keys} onAct={session.act} />;
}
