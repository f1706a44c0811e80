import { expect, test } from "vitest";
import {
  CELL_CODES,
  CELL_KEYS,
  cellLabel,
  commandOf,
  type KeyPress,
  keyLabel,
} from "@/server/rating/domain/key-map";

const ON = { singleKeys: true, keyLayout: "block" } as const;
const DIGITS = { singleKeys: true, keyLayout: "digits" } as const;
const key = (code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key: code,
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test("the twenty keys of the left hand are the twenty images", () => {
  expect(CELL_CODES.map((code) => commandOf(key(code), ON))).toEqual(
    CELL_CODES.map((_, index) => ({ type: "press", index })),
  );
});

test("the place of a key decides, whatever letter its layout prints on it", () => {
  expect(commandOf(key("KeyQ", { key: "a" }), ON)).toEqual({ type: "press", index: 5 });
  expect(commandOf(key("KeyZ", { key: "я" }), ON)).toEqual({ type: "press", index: 15 });
});

test("undo and redo go by letter, as in every other program", () => {
  expect(commandOf(key("KeyW", { key: "z", ctrlKey: true }), ON)).toEqual({ type: "undo" });
  expect(commandOf(key("KeyZ", { key: "я", ctrlKey: true }), ON)).toEqual({ type: "undo" });
  expect(commandOf(key("KeyZ", { key: "Z", metaKey: true, shiftKey: true }), ON)).toEqual({
    type: "redo",
  });
  expect(commandOf(key("KeyY", { key: "y", ctrlKey: true }), ON)).toEqual({ type: "redo" });
  expect(commandOf(key("Backspace"), ON)).toEqual({ type: "undo" });
});

test("a held key does nothing but move the focus", () => {
  expect(commandOf(key("KeyQ", { repeat: true }), ON)).toBeNull();
  expect(commandOf(key("Enter", { repeat: true }), ON)).toBeNull();
  expect(commandOf(key("ArrowLeft", { repeat: true }), ON)).toEqual({
    type: "move",
    direction: "left",
  });
});

test("Alt and the browser's own shortcuts are left alone", () => {
  expect(commandOf(key("ArrowLeft", { altKey: true }), ON)).toBeNull();
  expect(commandOf(key("KeyR", { key: "r", ctrlKey: true }), ON)).toBeNull();
  expect(commandOf(key("Digit1", { metaKey: true }), ON)).toBeNull();
});

test("single keys can be switched off; arrows, Space and Enter stay", () => {
  const off = { singleKeys: false, keyLayout: "block" } as const;

  expect(commandOf(key("KeyQ"), off)).toBeNull();
  expect(commandOf(key("Backspace"), off)).toBeNull();
  expect(commandOf(key("Space"), off)).toEqual({ type: "toggle" });
  expect(commandOf(key("Enter"), off)).toEqual({ type: "submit" });
  expect(commandOf(key("KeyZ", { key: "z", ctrlKey: true }), off)).toEqual({ type: "undo" });
});

test("a key shows what stands on the rater's own keyboard", () => {
  expect(keyLabel("KeyQ", new Map([["KeyQ", "a"]]))).toBe("A");
  expect([keyLabel("KeyQ", null), keyLabel("Digit3", null), keyLabel("Period", null)]).toEqual([
    "Q",
    "3",
    ".",
  ]);
});

test("the digits are images 1 to 10, and with Shift 11 to 20", () => {
  const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"].map((digit) => `Digit${digit}`);
  const plain = digits.map((code) => commandOf(key(code), DIGITS));
  const shifted = digits.map((code) => commandOf(key(code, { shiftKey: true }), DIGITS));

  expect([...plain, ...shifted]).toEqual(
    Array.from({ length: 20 }, (_, index) => ({ type: "press", index })),
  );
});

test("with the digits given to images, what is seen moves to letters that no image has", () => {
  expect(commandOf(key("Digit6"), ON)).toEqual({ type: "say", detail: "aSeen" });
  expect(commandOf(key("KeyQ"), DIGITS)).toEqual({ type: "say", detail: "aSeen" });
  expect(commandOf(key("KeyA"), DIGITS)).toBeNull();
});

test("an image's place beats a sign that some keyboard prints on it", () => {
  const seven = key("Digit7", { key: "?", shiftKey: true });

  expect(commandOf(seven, DIGITS)).toEqual({ type: "press", index: 16 });
  expect(commandOf(seven, ON)).toEqual({ type: "keys" });
});

test("switched off, no key of the second layout judges either, with Shift or without", () => {
  const off = { ...DIGITS, singleKeys: false };

  expect(commandOf(key("Digit3"), off)).toBeNull();
  expect(commandOf(key("Digit3", { shiftKey: true }), off)).toBeNull();
});

test("Shift with Enter asks about the rest, the page keys go to the grids beside it", () => {
  expect(commandOf(key("Enter", { shiftKey: true }), ON)).toEqual({ type: "rest" });
  expect(commandOf(key("PageUp"), ON)).toEqual({ type: "previous" });
  expect(commandOf(key("PageDown"), ON)).toEqual({ type: "next" });
  expect(commandOf(key("PageDown", { repeat: true }), ON)).toBeNull();
});

test("an image of the second row of digits shows that Shift belongs to it", () => {
  const french = new Map([["Digit2", "é"]]);

  expect(CELL_KEYS.digits.map((cell) => cellLabel(cell, null)).slice(8, 12)).toEqual([
    "9",
    "0",
    "⇧1",
    "⇧2",
  ]);
  expect(cellLabel({ code: "Digit2", shift: true }, french)).toBe("⇧É");
});
