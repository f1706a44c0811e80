"use client";

import { createContext, type ReactNode, useContext } from "react";

const AreOn = createContext(true);

export type SingleKeysProps = { areOn: boolean; children: ReactNode };

/** Whether letters, digits and signs alone work controls here; whoever speaks to the computer switches them off (WCAG 2.1.4). */
export function SingleKeys({ areOn, children }: SingleKeysProps) {
  return <AreOn value={areOn}>{children}</AreOn>;
}

export const useSingleKeys = (): boolean => useContext(AreOn);

/** Space, Enter, arrows and the like are no such keys. */
export const isSingleKey = (key: string): boolean => key.length === 1 && key !== " ";

const SIGNS_OF_OTHER_KEYS = "←↑→↓⌫↵";

/** What a cap prints of one: "Q", "⇧1" with Shift. An arrow's sign is no letter. */
export const isSingleKeyCap = (cap: string): boolean =>
  /^⇧?\S$/u.test(cap) && !SIGNS_OF_OTHER_KEYS.includes(cap);
