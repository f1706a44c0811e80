import { expect, test } from "vitest";
import { CELL_CODES, commandOf, type KeyPress, keyLabel } from "@/server/rating/domain/key-map";

const ON = { singleKeys: true };
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
  const off = { singleKeys: false };

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
