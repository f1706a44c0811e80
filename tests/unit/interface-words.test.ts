import { expect, test } from "vitest";
import { activeHref } from "@/app/_ui/active-href";
import { markConcepts } from "@/app/_ui/mark-concepts";
import { timeWords } from "@/app/_ui/time-words";
import { initialsOf } from "@/app/(lab)/_shell/initials";

const NOW = new Date("2026-11-20T12:00:00Z");

test.each([
  ["2026-11-20T12:00:00Z", "now"],
  ["2026-11-20T12:00:09Z", "now"],
  ["2026-11-20T11:59:58Z", "2 s ago"],
  ["2026-11-20T11:48:00Z", "12 min ago"],
  ["2026-11-20T09:30:00Z", "2 h ago"],
  ["2026-11-19T11:00:00Z", "yesterday"],
  ["2026-11-17T11:00:00Z", "3 days ago"],
  ["2026-11-03T12:00:00Z", "3 Nov"],
  ["2025-11-03T12:00:00Z", "3 Nov 2025"],
])("%s is told as %j", (moment, words) => {
  expect(timeWords(new Date(moment), NOW)).toBe(words);
});

test("both concepts are marked wherever they stand, in any case and number", () => {
  expect(markConcepts("Iced coke in two tea cups", "iced coke", "tea cup")).toEqual([
    { text: "Iced coke", mark: "a" },
    { text: " in two ", mark: null },
    { text: "tea cups", mark: "b" },
  ]);
});

test("a concept inside another word is left alone", () => {
  expect(markConcepts("A teapot and some tea", "tea", "cup").filter((part) => part.mark)).toEqual([
    { text: "tea", mark: "a" },
  ]);
});

test("signs that mean something in a pattern are taken literally", () => {
  expect(markConcepts("A (very) hot cup", "(very) hot", "cup").at(-1)).toEqual({
    text: "cup",
    mark: "b",
  });
});

test("the tab whose address fits best is the current one", () => {
  const tabs = ["/p/cups", "/p/cups/pairs", "/p/cups/runs"];

  expect(activeHref("/p/cups/pairs/42", tabs)).toBe("/p/cups/pairs");
  expect(activeHref("/p/cupsize", tabs)).toBeNull();
});

test.each([
  ["Mira Lindqvist", "ML"],
  ["Ann van der Berg", "AB"],
  ["Ada", "A"],
  [" ", "?"],
])("the initials of %j are %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
