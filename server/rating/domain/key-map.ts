import type { VerdictDetail } from "../schemas";
import type { Direction } from "./move-cursor";

/** The left-hand block of the keyboard by physical place: four rows of five, like the grid. */
export const CELL_CODES = [
  ...["Digit1", "Digit2", "Digit3", "Digit4", "Digit5"],
  ...["KeyQ", "KeyW", "KeyE", "KeyR", "KeyT"],
  ...["KeyA", "KeyS", "KeyD", "KeyF", "KeyG"],
  ...["KeyZ", "KeyX", "KeyC", "KeyV", "KeyB"],
] as const;

/** One image in focus: a key for each verdict, under the right hand. */
export const MARK_CODES = { incorrect: "KeyJ", correct: "KeyK" } as const;

/** What can be said of it besides, on the digits that no image has. */
export const DETAIL_CODES = {
  aSeen: "Digit6",
  bSeen: "Digit7",
  relation: "Digit8",
  latentSeen: "Digit9",
} as const satisfies Record<keyof VerdictDetail, string>;

type PlainCommand =
  | "toggle"
  | "submit"
  | "undo"
  | "redo"
  | "later"
  | "cannotJudge"
  | "note"
  | "guidelines"
  | "keys"
  | "zoom"
  | "flagBroken";
export type RatingCommand =
  | { type: "press"; index: number }
  | { type: "mark"; verdict: "correct" | "incorrect" }
  | { type: "say"; detail: keyof VerdictDetail }
  | { type: "move"; direction: Direction }
  | { [Type in PlainCommand]: { type: Type } }[PlainCommand];

export type KeyPress = {
  code: string;
  key: string;
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

const MOVES: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "rowStart",
  End: "rowEnd",
};

const SINGLE_KEYS: Record<string, RatingCommand> = {
  KeyL: { type: "later" },
  KeyU: { type: "cannotJudge" },
  KeyN: { type: "note" },
  KeyH: { type: "guidelines" },
  Period: { type: "zoom" },
  Semicolon: { type: "flagBroken" },
  Backspace: { type: "undo" },
  [MARK_CODES.incorrect]: { type: "mark", verdict: "incorrect" },
  [MARK_CODES.correct]: { type: "mark", verdict: "correct" },
  [DETAIL_CODES.aSeen]: { type: "say", detail: "aSeen" },
  [DETAIL_CODES.bSeen]: { type: "say", detail: "bSeen" },
  [DETAIL_CODES.relation]: { type: "say", detail: "relation" },
  [DETAIL_CODES.latentSeen]: { type: "say", detail: "latentSeen" },
  ...Object.fromEntries(CELL_CODES.map((code, index) => [code, { type: "press", index }])),
};

/**
 * What a key asks for, or null. Places decide, not letters, so that every layout works; only undo
 * and redo go by letter, as everywhere else. Alt belongs to the browser.
 */
export function commandOf(press: KeyPress, { singleKeys }: { singleKeys: boolean }) {
  if (press.altKey) return null;
  const direction = MOVES[press.code];
  if (direction && !hasModifier(press)) return { type: "move", direction } satisfies RatingCommand;
  // A held key must not judge a second time, least of all in the next grid.
  if (press.repeat) return null;
  if (press.ctrlKey || press.metaKey) return withControl(press);
  if (press.code === "Enter" || press.code === "NumpadEnter") return shiftless(press, "submit");
  if (press.code === "Space") return shiftless(press, "toggle");
  if (!singleKeys) return null;
  if (press.key === "?") return { type: "keys" } satisfies RatingCommand;
  return press.shiftKey ? null : (SINGLE_KEYS[press.code] ?? null);
}

const hasModifier = (press: KeyPress) => press.ctrlKey || press.metaKey || press.shiftKey;

const shiftless = (press: KeyPress, type: "submit" | "toggle"): RatingCommand | null =>
  press.shiftKey ? null : { type };

function withControl(press: KeyPress): RatingCommand | null {
  if (press.code === "Enter") return { type: "submit" };
  // A layout without Latin letters still has its Z and Y at their usual places.
  const letter = /^[a-z]$/i.test(press.key)
    ? press.key.toLowerCase()
    : press.code.slice(3).toLowerCase();
  if (letter === "z") return { type: press.shiftKey ? "redo" : "undo" };
  if (letter === "y" && !press.shiftKey) return { type: "redo" };
  return null;
}

const PLAIN_NAMES: Record<string, string> = { Period: ".", Semicolon: ";" };

/** What stands on the key of that place on the rater's own keyboard. */
export function keyLabel(code: string, layout: ReadonlyMap<string, string> | null): string {
  const drawn = layout?.get(code);
  if (drawn) return drawn.toUpperCase();
  return PLAIN_NAMES[code] ?? code.replace(/^(Digit|Key)/, "");
}
