import { expect, test } from "vitest";
import { tellingWords } from "@/server/rating/domain/telling-words";
import { countChange, textDiff } from "@/server/rating/domain/text-diff";

const BEFORE = "Both must be seen.\n\nStyle does not count.\n";

test("a changed word is marked, not the paragraph around it", () => {
  const after = "Both must be clearly seen.\n\nStyle does not count.\n";

  expect(textDiff(BEFORE, after)).toEqual([
    { kind: "same", text: "Both must be " },
    { kind: "added", text: "clearly " },
    { kind: "same", text: "seen.\n\nStyle does not count.\n" },
  ]);
});

test("a paragraph that came or went is marked as a whole", () => {
  const after = `${BEFORE}\nFlag what you cannot see.`;

  expect(textDiff(BEFORE, after).at(-1)).toEqual({
    kind: "added",
    text: "\nFlag what you cannot see.",
  });
  expect(countChange(textDiff(after, BEFORE))).toEqual({ added: 0, removed: 5 });
});

test.each([
  [BEFORE, BEFORE],
  ["", BEFORE],
  [BEFORE, ""],
  ["a b c\nd e\nf", "a c\nx d e\n\nf g"],
  ["one\ntwo\nthree\nfour", "four\nthree\ntwo\none"],
])("both texts can be read out of the difference of %j and %j", (before, after) => {
  const parts = textDiff(before, after);
  const without = (kind: string) =>
    parts
      .filter((part) => part.kind !== kind)
      .map(({ text }) => text)
      .join("");

  expect([without("added"), without("removed")]).toEqual([before, after]);
});

const NAMES = ["Sketch simulator", "Vessel (glass)", ""];

test.each([
  ["The coke is in the cup.", null],
  ["So draws the sketch simulator.", "Sketch simulator"],
  ["A vessel (glass), as always", "Vessel (glass)"],
  ["Vessel (glassy)", null],
  ["A level 5 pair", "level 5"],
  ["The level of the coke", null],
  ["Seed 1001 fails", "Seed 1001"],
  ["Sunflower seeds in a bowl", null],
])("in %j raters would learn %j", (caption, told) => {
  expect(tellingWords(caption, NAMES)).toBe(told);
});
