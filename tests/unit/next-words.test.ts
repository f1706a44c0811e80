import { expect, test } from "vitest";
import { nextWords } from "@/app/(rate)/rate/next-words";

const held = { id: "s", conceptA: "iced coke", conceptB: "tea cup", laterAt: null };
const nothing = { next: null, putOff: [] };
const round = { open: 2, done: 0, images: 0, right: 0 };
const queue = { open: 3, later: 0, inHand: nothing, training: null, lastDone: [] };

test.each([
  ["Next: a new grid.", queue],
  [
    "Next: the grid that lies begun, iced coke × tea cup; 12 of 20 open.",
    { ...queue, inHand: { next: { ...held, open: 12, images: 20 }, putOff: [] } },
  ],
  ["Next: a grid that you put off.", { ...queue, later: 3 }],
  ["Next: a training grid.", { ...queue, training: round }],
  ["Next: a new grid.", { ...queue, training: { ...round, open: 0 } }],
])("the button's next step is told: %s", (words, of) => {
  expect(nextWords(of)).toBe(words);
});
