import type { KeyLayout } from "@/db/enums";
import type { VerdictDetail } from "../schemas";
import type { Direction } from "./move-cursor";

export type CellKey = { code: string; shift: boolean };

/** The left-hand block of the keyboard by physical place: four rows of five, like the grid. */
export const CELL_CODES = [
  ...["Digit1", "Digit2", "Digit3", "Digit4", "Digit5"],
  ...["KeyQ", "KeyW", "KeyE", "KeyR", "KeyT"],
  ...["KeyA", "KeyS", "KeyD", "KeyF", "KeyG"],
  ...["KeyZ", "KeyX", "KeyC", "KeyV", "KeyB"],
] as const;
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => `Digit${digit}`);
const withShift = (shift: boolean) => (code: string) => ({ code, shift });

/**
 * The key of each image by physical place. `block` is the left-hand block; `digits` are the ten digits
 * for images 1 to 10, and with Shift for 11 to 20.
 */
export const CELL_KEYS: Record<KeyLayout, readonly CellKey[]> = {
  block: CELL_CODES.map(withShift(false)),
  digits: [...DIGITS.map(withShift(false)), ...DIGITS.map(withShift(true))],
};

/** One image in focus: a key for each verdict, under the right hand. */
export const MARK_CODES = { incorrect: "KeyJ", correct: "KeyK" } as const;

/** What can be said of it besides, on keys that no image has. */
export const DETAIL_CODES: Record<KeyLayout, Record<keyof VerdictDetail, string>> = {
  block: { aSeen: "Digit6", bSeen: "Digit7", relation: "Digit8", latentSeen: "Digit9" },
  digits: { aSeen: "KeyQ", bSeen: "KeyW", relation: "KeyE", latentSeen: "KeyR" },
};

type PlainCommand =
  | "toggle"
  | "submit"
  | "rest"
  | "previous"
  | "next"
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
};

const DETAIL_NAMES = ["aSeen", "bSeen", "relation", "latentSeen"] as const;

/** Without Shift and with it, for one layout. */
function keysOf(layout: KeyLayout): Record<"plain" | "shifted", Record<string, RatingCommand>> {
  const details = DETAIL_NAMES.map((detail) => [
    DETAIL_CODES[layout][detail],
    { type: "say", detail },
  ]);
  const cells = (shift: boolean) =>
    CELL_KEYS[layout].flatMap((key, index) =>
      key.shift === shift ? [[key.code, { type: "press", index }]] : [],
    );
  return {
    plain: { ...SINGLE_KEYS, ...Object.fromEntries([...details, ...cells(false)]) },
    shifted: Object.fromEntries(cells(true)),
  };
}

const KEYS = { block: keysOf("block"), digits: keysOf("digits") };

export type KeyChoice = { singleKeys: boolean; keyLayout: KeyLayout };

/**
 * What a key asks for, or null. Places decide, not letters, so that every layout works; only undo
 * and redo go by letter, as everywhere else. Alt belongs to the browser.
 */
export function commandOf(press: KeyPress, { singleKeys, keyLayout }: KeyChoice) {
  if (press.altKey) return null;
  const direction = MOVES[press.code];
  if (direction && !hasModifier(press)) return { type: "move", direction } satisfies RatingCommand;
  // A held key must not judge a second time, least of all in the next grid.
  if (press.repeat) return null;
  if (press.ctrlKey || press.metaKey) return withControl(press);
  const always = withoutModifier(press);
  if (always || !singleKeys) return always;
  const { plain, shifted } = KEYS[keyLayout];
  // An image's place comes first: on some keyboards the question mark stands on a digit.
  const command = (press.shiftKey ? shifted : plain)[press.code];
  if (command) return command;
  return press.key === "?" ? ({ type: "keys" } satisfies RatingCommand) : null;
}

const hasModifier = (press: KeyPress) => press.ctrlKey || press.metaKey || press.shiftKey;

/** What works with single keys switched off too: none of it is a letter, a digit or a sign. */
function withoutModifier({ code, shiftKey }: KeyPress): RatingCommand | null {
  if (code === "Enter" || code === "NumpadEnter") return { type: shiftKey ? "rest" : "submit" };
  if (shiftKey) return null;
  if (code === "Space") return { type: "toggle" };
  if (code === "PageUp") return { type: "previous" };
  return code === "PageDown" ? { type: "next" } : null;
}

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

/** The same for the key of an image; an arrow stands for Shift. */
export const cellLabel = (
  { code, shift }: CellKey,
  layout: ReadonlyMap<string, string> | null,
): string => `${shift ? "⇧" : ""}${keyLabel(code, layout)}`;
